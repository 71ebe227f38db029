"""Who is calling: accounts and sessions, inspectors by alias, their phones, the office's keys.

Owns `users`, `user_sessions`, `sign_in_failures`, their second factors (`totp_factors`, `passkeys`,
`recovery_codes`, `factor_resets`), `inspectors`, `enrolment_tokens`, `devices`,
`device_nonces`, `device_tokens`, `office_keys`, and what only the two custodians open together:
`custody_keys`, `custody_shares`, `sealed_persons`. No person's name stands readable beside an
alias.
"""

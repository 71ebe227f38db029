"""Who is calling: accounts and sessions, inspectors by alias, their phones, the office's keys.

Owns `users`, `user_sessions`, `sign_in_failures`, `inspectors`, `enrolment_tokens`, `devices`,
`device_nonces`, `device_tokens`, `office_keys`. No person's name stands beside an alias anywhere.
"""

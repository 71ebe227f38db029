"""Problems of identity."""

from anfang.kit.errors import Problem


class SignInFailed(Problem):
    """User name or password is wrong: never which."""

    code = "sign-in-failed"
    status = 401
    keeps_changes = True


class PasswordWrong(Problem):
    """The present password that goes with a new one is wrong; the session stays."""

    code = "password-wrong"
    status = 403


class PasswordUnchanged(Problem):
    """The new password is the present one."""

    code = "password-unchanged"
    status = 409


class UsernameTaken(Problem):
    """Another account has this name."""

    code = "username-taken"
    status = 409


class AliasTaken(Problem):
    """Another inspector has this alias."""

    code = "alias-taken"
    status = 409


class EnrolmentTokenSpent(Problem):
    """The enrolment token is used, expired or unknown: one answer for all three (PROTOCOL §2)."""

    code = "enrolment-token-spent"
    status = 410


class ProofInvalid(Problem):
    """The device's proof does not hold: signature, type, audience or token differ."""

    code = "proof-invalid"
    status = 422


class DeviceKnown(Problem):
    """This device key has been enrolled before."""

    code = "device-known"
    status = 409


class DeviceUnconfirmed(Problem):
    """The office has not yet compared and confirmed the device's number."""

    code = "device-unconfirmed"
    status = 403


class DeviceRevoked(Problem):
    """The device was revoked and its time to deliver has run out."""

    code = "device-revoked"
    status = 401


class LoginProofRefused(Problem):
    """Nonce or signature of a device login does not hold."""

    code = "login-proof-refused"
    status = 401


class TokenInvalid(Problem):
    """The bearer token is unknown or has expired."""

    code = "token-invalid"
    status = 401


class OfficeKeyMissing(Problem):
    """The office's private key file is not there: run `anfang doctor`."""

    code = "office-key-missing"
    status = 500


class CustodyEstablished(Problem):
    """The custodians have held their ceremony; now only they can change what they hold."""

    code = "custody-established"
    status = 409


class CustodyMissing(Problem):
    """No two custodians hold the key yet."""

    code = "custody-missing"
    status = 409


class CustodiansNeeded(Problem):
    """It takes two different people whose accounts are custodians', the caller among them."""

    code = "custodians-needed"
    status = 422


class PassphraseWeak(Problem):
    """A passphrase is too short, equals the other one or the account's password."""

    code = "passphrase-weak"
    status = 422


class PassphraseWrong(Problem):
    """A custodian's passphrase does not open its half of the key; `who` says whose."""

    code = "passphrase-wrong"
    status = 403
    keeps_changes = True


class FactorWrong(Problem):
    """The second factor was not proven: never what of it was wrong."""

    code = "factor-wrong"
    status = 403
    keeps_changes = True


class FactorKnown(Problem):
    """The account has one-time codes already; they are removed before others are set up."""

    code = "factor-known"
    status = 409


class FactorRequired(Problem):
    """The last second factor of an account whose roles demand one stays."""

    code = "factor-required"
    status = 409


class PasskeyCloned(Problem):
    """A passkey's counter did not grow: two devices answer for one key, so it is out of use."""

    code = "passkey-cloned"
    status = 403
    keeps_changes = True


class PasskeysUnavailable(Problem):
    """Browsers know passkeys only where the office has a name and HTTPS, or is `localhost`."""

    code = "passkeys-unavailable"
    status = 409


class SecondPersonNeeded(Problem):
    """Another person must do this: neither who asked for it nor whose account it is."""

    code = "second-person-needed"
    status = 403

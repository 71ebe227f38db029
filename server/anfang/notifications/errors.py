"""Problems of notifications."""

from anfang.kit.errors import Problem


class ChannelKindOff(Problem):
    """The operator does not allow this kind of channel."""

    code = "channel-kind-off"
    status = 409


class ChannelAddressFaulty(Problem):
    """The address is none of this kind."""

    code = "channel-address-faulty"
    status = 422


class ChannelHostRefused(Problem):
    """The operator does not allow webhooks to this host."""

    code = "channel-host-refused"
    status = 422


class TooManyChannels(Problem):
    """An account has as many channels as it may have."""

    code = "too-many-channels"
    status = 409

"""What the demonstration's files may be refused for."""


class ContentError(ValueError):
    """The file contradicts itself; the message says where."""

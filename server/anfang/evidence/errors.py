"""Problems of evidence."""

from anfang.kit.errors import Problem


class TusVersionUnsupported(Problem):
    """The call speaks no version of tus that this server speaks."""

    code = "tus-version-unsupported"
    status = 412


class MediaNotDeclared(Problem):
    """No record of this inspector declares the hash (PROTOCOL §5)."""

    code = "media-not-declared"
    status = 409


class UploadTooLarge(Problem):
    """The upload announces more than a medium may hold."""

    code = "upload-too-large"
    status = 413


class TooManyUploads(Problem):
    """The phone has more uploads under way than it can need; finish or end some first."""

    code = "too-many-uploads"
    status = 429


class UploadExceedsLength(Problem):
    """More bytes arrived than the upload announced; the chunk was dropped."""

    code = "upload-exceeds-length"
    status = 413


class UploadTypeUnsupported(Problem):
    """A body that is not `application/offset+octet-stream`."""

    code = "upload-type-unsupported"
    status = 415


class UploadOffsetMismatch(Problem):
    """The chunk does not begin where the upload ends; `offset` says where that is."""

    code = "upload-offset-mismatch"
    status = 409


class UploadLocked(Problem):
    """Another call is writing to this upload."""

    code = "upload-locked"
    status = 423


class ChecksumAlgorithmUnsupported(Problem):
    """The chunk's checksum is not SHA-256."""

    code = "checksum-algorithm-unsupported"
    status = 400


class ChecksumMismatch(Problem):
    """The chunk's bytes are not those of its checksum; the chunk was dropped, the upload stays."""

    code = "upload-checksum-mismatch"
    status = 460


class MediaHashMismatch(Problem):
    """The whole file is not the declared one; its bytes were dropped, the upload is gone."""

    code = "media-hash-mismatch"
    status = 460


class PictureNotDecoded(Problem):
    """The medium could not be decoded (or not yet): it has no pixels to show or redact."""

    code = "picture-not-decoded"
    status = 409


class RectangleOutside(Problem):
    """A rectangle covers no pixel of the picture: whoever drew it meant to hide something."""

    code = "rectangle-outside"
    status = 422


class MediaDeleted(Problem):
    """The medium's time to be kept has run out; its certificate and its hash remain."""

    code = "media-deleted"
    status = 410

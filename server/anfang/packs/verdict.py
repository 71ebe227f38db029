"""What the verifier says: faults by file and stable code, and one exit code (PROTOCOL §8). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from anfang.kit.i18n import translate

SOUND: Final = 0
UNSOUND: Final = 1
NOT_A_PACK: Final = 2
SIGNER_UNKNOWN: Final = 3


class Finding(NamedTuple):
    """A fault before it is put into words: path in the pack, code, detail.

    An empty path stands for the archive itself.
    """

    file: str
    code: str
    detail: str = ""


@dataclass(frozen=True)
class Fault:
    """A fault for the reader. `code` is also the text's id in the catalogue.

    `file` is a path below the pack's folder, or the archive's own name.
    """

    file: str
    code: str
    text: str


@dataclass(frozen=True)
class Verdict:
    """Outcome of a verification.

    `sound`: no fault. `signer`: `known` if the office key is trusted by the caller.
    `records`: how many records were read. `is_pack`: false if this is no pack at all.
    """

    sound: bool
    signer: Literal["known", "unknown"]
    faults: Sequence[Fault]
    records: int
    is_pack: bool = True

    @property
    def exit_code(self) -> int:
        """0 sound and signer known; 1 unsound; 2 not a pack; 3 consistent, signer unknown."""
        if not self.is_pack:
            return NOT_A_PACK
        if not self.sound:
            return UNSOUND
        return SOUND if self.signer == "known" else SIGNER_UNKNOWN

    def as_json(self) -> dict[str, object]:
        """Give the form that `anfang verify --json` prints."""
        return {
            "sound": self.sound,
            "signer": self.signer,
            "faults": [
                {"file": fault.file, "code": fault.code, "text": fault.text}
                for fault in self.faults
            ],
            "records": self.records,
        }


def in_words(findings: Sequence[Finding], archive: str, locale: str) -> list[Fault]:
    """Put findings into the reader's language, each once, in the order they were found.

    Args:
        archive: the archive's own name.
    """
    return [
        Fault(
            _printable(finding.file or archive),
            finding.code,
            translate(finding.code, locale, detail=_printable(finding.detail)),
        )
        for finding in dict.fromkeys(findings)
    ]


def _printable(text: str) -> str:
    # Names come from a stranger's archive and end on somebody's terminal.
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text
    )

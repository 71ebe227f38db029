"""What faults of a rulebook and shut gates say, in the reader's language."""

from anfang.campaigns.rulebook_registry import Lack
from anfang.campaigns.rulebook_validating import Fault
from anfang.kit.i18n import translate


def fault_text(fault: Fault, locale: str | None = None) -> str:
    """Return where it stands, what is wrong, and by which rule."""
    said = translate(f"rulebook-fault-{fault.code}", locale, **fault.details)
    return translate(
        "rulebook-fault-at",
        locale,
        line=fault.line,
        column=fault.column,
        place=fault.place or "/",
        said=said,
    )


def lack_text(lack: Lack, locale: str | None = None) -> str:
    """Return what a gate lacks."""
    return translate(f"stage-lacks-{lack.code}", locale, **lack.details)


def gate_text(kind: str, locale: str | None = None) -> str:
    """Return what a kind of gate looks at."""
    return translate(f"stage-gate-{kind.replace('.', '-').replace('_', '-')}", locale)

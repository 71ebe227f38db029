"""What must not stand in a committed file."""

import re

from support.house import ROOT, committed_files, text_of

# Written in pieces, so that this file does not find itself.
REGISTRIES = re.compile(
    r"https?://[\w.@:-]*(?:"
    + "|".join(
        [
            "pypi" + r"\.org",
            "python" + "hosted",
            "npm" + r"js\.(?:org|com)",
            "npm" + "mirror",
            "deb" + r"\.debian",
            "archive" + r"\.ubuntu",
        ]
    )
    + ")"
)
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
MERGE_LEFTOVER = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
PRIVATE_KEY = re.compile("-----BEGIN (?:EC |RSA |ENCRYPTED )?PRIVATE" + " KEY-----")


def _offenders(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in committed_files():
        match = pattern.search(text_of(path) or "")
        if match:
            found.append(f"{path.relative_to(ROOT)}: {match[0]}")
    return found


def test_no_file_names_a_package_registry():
    """Where packages come from is the machine's choice: mirrors are common in this field."""
    assert not _offenders(REGISTRIES)


def test_nothing_is_left_unfinished():
    assert not _offenders(UNFINISHED)
    assert not _offenders(MERGE_LEFTOVER)


def test_no_private_key_is_committed():
    """But for the published keys of the test vectors."""
    assert not [name for name in _offenders(PRIVATE_KEY) if not name.startswith("tests/vectors/")]


def test_no_path_of_one_machine_is_committed():
    assert not _offenders(re.compile(r"(?<![\w./-])/(?:home|root|work|Users)/\w"))


def test_pages_and_comments_stand_alone():
    """A reader years later has no tracker and no chat to look into."""
    elsewhere = re.compile(r"\b(?:is" + r"sue|ti" + r"cket|ses" + r"sion) #?\d+\b", re.IGNORECASE)
    assert not _offenders(elsewhere)

"""What in a complainant's words tells who it is: blotted out on arrival, or pointed out. Pure."""

import re
from collections.abc import Mapping
from typing import Final

from anfang.complaints.words import Hint

BLOT: Final = "【已隐去】"
_SHORTEST: Final = 2
_MOBILE: Final = re.compile(r"(?<!\d)1[3-9](?:[ -]?\d){9}(?!\d)")
_IDENTITY: Final = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_FIRST_PERSON: Final = re.compile(
    r"我叫|我是.{0,12}的|本人姓名|我的名字|我家住|my name is", re.IGNORECASE
)


def blotted(text: str, informant: Mapping[str, str]) -> tuple[str, bool]:
    """Return a text without what the complainant gave of themselves, and whether it held any.

    Spaces and dashes within a value do not matter. A value of one letter is let stand.
    """
    found = text
    for value in sorted(informant.values(), key=len, reverse=True):
        letters = [re.escape(one) for one in value if not one.isspace() and one != "-"]
        if len(letters) >= _SHORTEST:
            found = re.sub(r"[\s-]*".join(letters), BLOT, found, flags=re.IGNORECASE)
    return found, found != text


def hints_of(text: str) -> list[Hint]:
    """Return what in a text may tell who wrote it, for whoever writes the version for the unit."""
    signs = {
        Hint.PHONE: _MOBILE,
        Hint.IDENTITY_NUMBER: _IDENTITY,
        Hint.FIRST_PERSON: _FIRST_PERSON,
    }
    return [hint for hint, sign in signs.items() if sign.search(text)]


def without_numbers(text: str) -> str:
    """Return a text without mobile phones' and identity cards' numbers, for lists."""
    return _IDENTITY.sub(BLOT, _MOBILE.sub(BLOT, text))


def shows_person(text: str) -> bool:
    """Tell whether a text for a unit shows a mobile phone's or an identity card's number."""
    return bool(_MOBILE.search(text) or _IDENTITY.search(text))

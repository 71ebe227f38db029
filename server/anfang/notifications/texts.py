"""What a message says: kinds, counts and where to look; nothing that anybody may not read. Pure."""

from collections.abc import Mapping

from anfang.kit.i18n import translate
from anfang.notifications.kinds import News


def message(counts: Mapping[str, int], locale: str, origin: str) -> tuple[str, str]:
    """Return title and text of a message.

    [Note: Nothing confidential] what goes through other companies' servers onto screens that lie
    about is built from these two alone: no name, unit, place, number, title or alias comes in.

    Args:
        counts: how many of each kind of news (`News`).
        origin: the office's address, under which the console is.
    """
    lines = [
        translate(f"notify-news-{news.value}", locale, count=counts[news.value])
        for news in News
        if counts.get(news.value)
    ]
    where = translate("notify-where", locale, url=f"{origin}/console/")
    return translate("notify-title", locale), "\n".join([*lines, where])

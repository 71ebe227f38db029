"""A phone's chain of certificates: links left out, and two that claim one place."""

from collections.abc import Iterator

from anfang.inspections.flags.flag import Flag

GAP = "chain-gap"


def compare_chain(seq: int, *, has_prev: bool, prev_seq: int | None, rivals: int) -> Iterator[Flag]:
    """Compare a link with the phone's others.

    Args:
        has_prev: the link names one before it.
        prev_seq: the place of that one, None if the office has not got it.
        rivals: how many other links of the phone claim the same place or the same link before.
    """
    begins = seq == 0 and not has_prev
    if not begins and (prev_seq is None or prev_seq + 1 != seq):
        yield Flag(GAP, {"seq": seq})
    if rivals:
        yield Flag("chain-fork", {"seq": seq, "rivals": rivals})

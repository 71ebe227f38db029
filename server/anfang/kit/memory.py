"""Memory of a process that lives long. Pure."""

import gc


def lasting() -> None:
    """Take all that is there by now for lasting: the program itself, read whole.

    The collector then goes through what calls leave behind, no longer through 400,000
    objects that never end (a sixth of the processor time of taking a record in); and it no longer
    writes into their pages, which forked processes therefore go on sharing.
    """
    gc.collect()
    gc.freeze()

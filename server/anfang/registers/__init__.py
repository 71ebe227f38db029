"""Registers: typed lists that a rulebook declares, their rows and every version of them."""

"""Dividing a number by weights into whole shares: seats, visits, samples."""

from collections.abc import Mapping


def shares(weights: Mapping[str, int], visits: int) -> dict[str, int]:
    """Divide `visits` by weights with the largest remainders (Hamilton's method).

    Ties go to what stands first. The shares add up to `visits` wherever there is a weight.
    """
    total = sum(weights.values())
    if not total:
        return {}
    whole = {theme: visits * weight // total for theme, weight in weights.items()}
    remainders = {theme: visits * weight % total for theme, weight in weights.items()}
    spare = visits - sum(whole.values())
    for theme in sorted(weights, key=lambda one: -remainders[one])[:spare]:
        whole[theme] += 1
    return whole

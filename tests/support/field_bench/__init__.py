"""The parts of `anfang bench field`, apart from each other by what they measure."""

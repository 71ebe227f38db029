"""What claims checks in a rulebook."""

from anfang.campaigns.rulebook_registry import section_check
from anfang.claims import contradictions

section_check("claims")(contradictions.faults)

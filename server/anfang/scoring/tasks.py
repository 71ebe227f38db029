"""What scoring checks in a rulebook."""

from anfang.campaigns.rulebook_registry import section_check
from anfang.scoring import contradictions

section_check("scoring")(contradictions.faults)

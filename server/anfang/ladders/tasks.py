"""What ladders checks in a rulebook."""

from anfang.campaigns.rulebook_registry import section_check
from anfang.ladders import contradictions

section_check("ladders")(contradictions.faults)

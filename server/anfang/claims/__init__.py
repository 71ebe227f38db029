"""Claims: what units say of themselves, and how far visits bear it out.

Owns `claim_requests`, `claim_sheets`, `claim_versions` and `claim_questions`. A difference is only
shown; whether it is a mistake, chance or concealment is for a person to judge, after the unit was
heard. `rules`, `answers` and `comparing` are pure.
"""

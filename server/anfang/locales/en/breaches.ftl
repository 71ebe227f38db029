rule-unknown = The rulebook has no such rule.
rule-draft = The wording of this rule set is a draft: nothing is held against anybody by it yet.
breach-in-future = A breach cannot be found after today.
breach-decided = It has been decided.
breach-own-decision = Who alleged a breach does not decide it.
breach-defence-open = The unit may still state its defence: nothing is decided before.

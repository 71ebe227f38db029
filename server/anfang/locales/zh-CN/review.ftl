claim-needed = 请先领取此记录再作决定；领取可能已超过时限，或已收到新版本。
claimed-by-other = 此记录正由{ $name }审核。
finding-item-unknown = 所列条目不在此记录的检查表中。
finding-item-twice = 同一条目只能认定一个问题。
finding-unmet = 未做到：{ $requirement }
finding-low-grade = 评分偏低：{ $requirement }
nothing-to-reopen = 这条记录没有可以撤销的决定。

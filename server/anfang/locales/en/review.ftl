claim-needed = Claim this record before deciding about it; your claim may have run out, or a new version has arrived.
claimed-by-other = { $name } is judging this record at the moment.
finding-item-unknown = This record's checklist has no such item.
finding-item-twice = One item gives one finding.
finding-unmet = Not met: { $requirement }
finding-low-grade = Poorly graded: { $requirement }
nothing-to-reopen = There is no decision about this record that could be taken back.

# Figures of the overview
report-table-weeks = By week
report-table-units = By unit
report-table-items = By item
report-column-begins = Monday
report-column-visits = Visits
report-column-findings = Findings
report-column-vetoes = Vetoes
report-column-mean = Mean score
report-column-unit = Unit
report-column-checklist = Checklist
report-column-item = Item
report-column-failed = Found wanting
report-column-of = Visits checked
report-column-share = Share
report-column-low = 95% interval, low
report-column-high = 95% interval, high

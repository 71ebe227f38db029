"""The documents room: owns documents of every kind, their templates, numbers and receipts.

From drafting out of cases by a template, through hearing the defence, legal check, approval by a
second person, numbering without gaps and the official layout (GB/T 9704-2012), to issue, receipt,
correction and withdrawal. An issued document is never deleted.

Pure files (no Flask, no database):

- `content`     what a document consists of
- `kinds`       what follows from a kind: layout, series of numbers, readers
- `templates`   text with fields, which an office edits
- `drafting…`   turn findings into text, by a template
- `composition` the editable form of a document, and the document to set
- `numbering`   发文字号: formatting and reading
- `titles`      breaks a title into balanced lines
- `typeset`     document in, PDF out
- `word…`       document in, Word file out
"""

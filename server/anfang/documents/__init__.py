"""The documents room: owns notices.

From drafting out of cases, through hearing the defence, legal check, approval by a second person,
numbering without gaps and the official layout (GB/T 9704-2012), to publication, correction and
withdrawal. A published notice is never deleted.

Pure files (no Flask, no database):

- `content`   what a notice consists of
- `drafting`  turns findings into the text of a notice, after templates kept as data
- `numbering` 发文字号: formatting and reading
- `privacy`   finds traces of private persons in a text
- `titles`    breaks a title into balanced lines
- `typeset`   notice in, PDF out
"""

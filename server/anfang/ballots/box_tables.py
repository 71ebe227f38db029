"""Tables of the box: a database of its own, with its own metadata; no slip, account or time.

`ballots.tag` keeps a slip's second ballot out and is erased by the sealing. On SQLite the table
lies in the order of its random ids (`WITHOUT ROWID`), so that nothing keeps the order of arrival.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, MetaData, String, Table, Text

metadata = MetaData()

boxes = Table(
    "boxes",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("closed", Boolean, nullable=False),
)

ballots = Table(
    "ballots",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("box_id", String(32), ForeignKey("boxes.id"), nullable=False),
    Column("sealed", Text, nullable=False),
    Column("mac", String(64), nullable=False),
    Column("tag", String(64), unique=True),
    Index("ix_ballots_box", "box_id", "id"),
    sqlite_with_rowid=False,
)

opened = Table(
    "opened_ballots",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("box_id", String(32), ForeignKey("boxes.id"), nullable=False),
    Column("paper", Text, nullable=False),
    Index("ix_opened_ballots_box", "box_id", "id"),
    sqlite_with_rowid=False,
)

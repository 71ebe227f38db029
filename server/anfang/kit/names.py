"""Names in place of ids, for lists that mention what other rooms keep."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import InstrumentedAttribute

from anfang.kit.db import db


class Names:
    """Where things of one kind have their names; its statement is built once."""

    def __init__(self, key: InstrumentedAttribute[UUID], name: InstrumentedAttribute[str]) -> None:
        self._asked = select(key, name).where(key.in_(bindparam("ids", expanding=True)))

    def of(self, ids: Iterable[UUID]) -> dict[UUID, str]:
        """Return names by id; unknown ids are left out, and for none nothing is asked."""
        wanted = list(ids)
        return dict(db.session.execute(self._asked, {"ids": wanted}).all()) if wanted else {}

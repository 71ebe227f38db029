"""The demonstration as data: its YAML files read, checked and frozen.

Nothing here touches the database: the loader plays it through the rooms' verbs.
"""

from anfang.demo.content.errors import ContentError
from anfang.demo.content.visits import Review, Visit
from anfang.demo.content.whole import Content, Further, content, files, parse

__all__ = ["Content", "ContentError", "Further", "Review", "Visit", "content", "files", "parse"]

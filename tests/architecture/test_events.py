"""News travels upward as events: each one told is answered, each one answered is told."""

import ast

from anfang.jobs.registry import ANSWERS
from support.house import import_everything, sources


def _told() -> tuple[set[str], list[str]]:
    """Names of the events that the code emits, and calls whose name cannot be read."""
    names, unreadable = set(), []
    for source in sources():
        if source.module == "anfang.jobs.service":
            continue
        for node in ast.walk(source.tree):
            if not isinstance(node, ast.Call) or _called(node) != "emit":
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                names.add(first.value)
            else:
                unreadable.append(f"{source.path}:{node.lineno}")
    return names, unreadable


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def test_events_are_named_where_they_are_told():
    assert not _told()[1]


def test_every_event_has_a_handler_and_every_handler_an_event():
    import_everything()
    assert {name for name, handlers in ANSWERS.items() if handlers} == _told()[0]


def test_handlers_live_in_tasks():
    import_everything()
    modules = {a.handler.__module__ for answers in ANSWERS.values() for a in answers}
    assert not [module for module in modules if not module.endswith(".tasks")]

"""Every refusal has a text in every language, and every text is used."""

import ast as python_ast
import re

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from anfang.kit.errors import all_problems
from anfang.kit.i18n import LOCALES
from support.house import PACKAGE, import_everything, sources, text_of


def _messages(locale: str) -> dict[str, ast.Message]:
    found = {}
    for path in sorted((PACKAGE / "locales" / locale).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path}: {entry.content}"
            if isinstance(entry, ast.Message):
                assert entry.id.name not in found, f"{path}: {entry.id.name} stands twice"
                found[entry.id.name] = entry
    return found


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)


def _variables(message: ast.Message) -> set[str]:
    visitor = _Variables()
    visitor.visit(message)
    return visitor.names


@pytest.fixture(scope="module", autouse=True)
def _everything():
    import_everything()


@pytest.mark.parametrize("locale", LOCALES)
def test_every_problem_has_a_text(locale):
    codes = {problem.code for problem in all_problems()}
    assert not codes - _messages(locale).keys()


def test_the_languages_hold_the_same_messages_with_the_same_variables():
    chinese, english = _messages("zh-CN"), _messages("en")
    assert chinese.keys() == english.keys()
    assert {i: _variables(m) for i, m in chinese.items()} == {
        i: _variables(m) for i, m in english.items()
    }


def test_the_rooms_have_the_same_catalogue_files_in_every_language():
    names = [{p.name for p in (PACKAGE / "locales" / locale).iterdir()} for locale in LOCALES]
    assert all(files == names[0] for files in names)


def _composed_prefixes() -> tuple[str, ...]:
    """Beginnings of ids that are composed: `http-` of `f"http-{status}"`, of `'http-' ~ status`."""
    in_code = [
        str(node.values[0].value)
        for source in sources()
        for node in python_ast.walk(source.tree)
        if isinstance(node, python_ast.JoinedStr)
        and isinstance(node.values[0], python_ast.Constant)
    ]
    in_templates = re.findall(r"'([a-z-]+-)' ~", _templates())
    return tuple(p for p in (*in_code, *in_templates) if re.fullmatch(r"[a-z][a-z-]*-", p))


def _templates() -> str:
    return "\n".join(text_of(path) or "" for path in PACKAGE.rglob("*.html"))


def test_every_message_is_used():
    text = "\n".join(text_of(source.path) or "" for source in sources())
    text += _templates()
    composed = _composed_prefixes()
    unused = [
        name
        for name in _messages("en")
        if not name.startswith(composed)
        and f'"{name}"' not in text
        and f'"{name}|' not in text
        and f"'{name}'" not in text
    ]
    assert not unused


def test_codes_are_unique_and_spelled_alike():
    codes = [problem.code for problem in set(all_problems())]
    assert len(codes) == len(set(codes))
    assert not [code for code in codes if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)]


def test_every_problem_is_a_refusal_or_a_fault():
    assert not [p for p in all_problems() if not 400 <= p.status < 600]

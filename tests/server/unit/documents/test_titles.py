"""Titles break into balanced lines of whole words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.documents.titles import LINE_CELLS, title_lines


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("关于全市窗口服务作风暗访情况的通报", ("关于全市窗口服务作风暗访情况的通报",)),
        (
            "关于更正《关于全市窗口服务作风暗访情况的通报》的通知",
            ("关于更正", "《关于全市窗口服务作风暗访情况的通报》", "的通知"),
        ),
        ("第一行\n第二行", ("第一行", "第二行")),
    ],
)
def test_titles_break_where_their_grammar_does(title, lines):
    assert title_lines(title) == lines


@given(st.text(st.sampled_from("关于的和、通报情况甲乙丙示范局2026"), min_size=1, max_size=70))
def test_nothing_is_lost_and_no_line_is_too_long(title):
    lines = title_lines(title)
    assert "".join(lines) == title
    if not any(run for run in lines if run.isascii()):
        assert all(len(line) <= LINE_CELLS * 2 for line in lines)
        assert all(sum(0.5 if c.isascii() else 1 for c in line) <= LINE_CELLS for line in lines)

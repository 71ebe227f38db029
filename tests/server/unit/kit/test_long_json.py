import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anfang.kit import jcs
from anfang.kit.long_json import read_long_object

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=12,
)
ODD = (
    b"", b"{}", b" { } ", b"[1]", b'{"x":[]}', b'{"x":[1,]}', b'{"x":[1 2]}', b"{,}", b'{"a":1,}',
    b'{"a":1}}', b'{"x":"s"}', b'{"x":[1.5]}', b'{"x":[1e5]}', b'{"x":[1.', b'{"x":[tru]}',
    b'{"x":[1],"x":[2]}', b'{"y":"\\ud800"}', b'{"x":["\\ud800"]}', b'{"x":["\\ud83d\\ude00"]}',
    b"\xef\xbb\xbf{}", b'{"x":["\xff"]}', b'{"x":' + b"[" * 100_000, b'{"x":[NaN]}', b"{1:2}",
    b'{"x":[9007199254740993]}', b'{"x":[12345678901234567890]}', b'{"x":[-', b'{"x" [1]}',
)  # fmt: skip


def whole(data):
    try:
        return jcs.loads_object(data)
    except jcs.StrictJsonError as error:
        return error.reason


def in_pieces(data, size):
    items, pieces = [], (data[at : at + size] for at in range(0, len(data), size))
    try:
        read = read_long_object(pieces, "x", items.append)
    except jcs.StrictJsonError as error:
        return error.reason
    return {**read, "x": items} if read.get("x") == [] else read


@pytest.mark.parametrize("data", ODD)
@pytest.mark.parametrize("size", [1, 2, 7, 1 << 20])
def test_what_is_odd_is_refused_as_when_it_is_read_whole(data, size):
    assert in_pieces(data, size) == whole(data)


@given(st.lists(VALUES, max_size=6), st.dictionaries(st.text(max_size=4), VALUES), st.data())
def test_wherever_it_is_cut_the_same_is_read(items, members, data):
    document = {**members, "x": items}
    text = json.dumps(
        document, ensure_ascii=data.draw(st.booleans()), indent=data.draw(st.none() | st.just(1))
    ).encode()
    assert in_pieces(text, data.draw(st.integers(1, len(text)))) == document


@given(st.data())
def test_a_changed_byte_is_understood_as_when_it_is_read_whole(data):
    text = bytearray(b'{"a":{"b":[1,"\\u6691"]},"x":[{"c":-12},"d",true,null,[]],"y":"e"}')
    text[data.draw(st.integers(0, len(text) - 1))] = data.draw(
        st.sampled_from(b'{}[],:"\\u 019.eE-tx\xff')
    )
    assert in_pieces(bytes(text), data.draw(st.integers(1, 9))) == whole(bytes(text))

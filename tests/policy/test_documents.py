"""Policy files as text: what of YAML is read, and what is refused with its line."""

import pytest

from gateway.policy import documents
from gateway.policy.documents import Listing, Node, Table, Text, Unreadable, parse_document


def _plain(node: Node) -> object:
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Listing):
        return [_plain(item) for item in node.items]
    return {key.value: _plain(value) for key, value in node.entries}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", {}),
        (b"# nothing yet\n", {}),
        (b"on: yes\nid: 012345\nday: 2026-01-01\nnone: ~\nmerge: <<", None),
        ("a: 王芳\nb: [x, 'y', \"z\"]".encode(), {"a": "王芳", "b": ["x", "y", "z"]}),
        (b"\xef\xbb\xbfa: 1", {"a": "1"}),
        (b"- a\n- {b: c}\n", ["a", {"b": "c"}]),
        (b"a: |\n  two\n  lines\n", {"a": "two\nlines\n"}),
        (b"a:\n", {"a": ""}),
    ],
)
def test_every_value_is_text(content: bytes, expected: object) -> None:
    if expected is None:
        expected = {"on": "yes", "id": "012345", "day": "2026-01-01", "none": "~", "merge": "<<"}
    assert _plain(parse_document("f.yaml", content)) == expected


def test_every_value_knows_its_place() -> None:
    tree = parse_document("f.yaml", b"a: 1\nb:\n  - x\n  - y\n")
    assert isinstance(tree, Table)
    items = tree.entries[1][1]
    assert isinstance(items, Listing)
    place = items.items[1].place
    assert (place.file, place.line, place.column) == ("f.yaml", 4, 5)


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"a: 1\na: 2", "2:1", "twice"),
        (b"a: {b: 1,\n b: 2}", "2:2", "twice"),
        (b"a: &x 1", "1:4", "anchors"),
        (b"a: [1]\nb: *a", "2:4", "anchors"),
        (b"a: &x [1]", "1:4", "anchors"),
        (b"&x a: 1", "1:1", "anchors"),
        (b"a: !!int 1", "1:4", "tags"),
        (b"a: !!python/object/apply:os.system [x]", "1:4", "tags"),
        (b"a: ! 1", "1:4", "tags"),
        (b"a: 1\n---\nb: 2", "2:1", "second document"),
        (b"a: " + b"[" * 30 + b"]" * 30, "1:23", "nested"),
        (b"a: [1", "1:6", "no YAML"),
        (b"a: 1\n\tb: 2", "2:1", "no YAML"),
        (b"a: 'x", "1:6", "no YAML"),
        (b"a: 1\nb: \xff", "2", "UTF-8"),
        (b"a: 1\nb: \x07", "2", "does not allow"),
        (b"a: 1\nb: \x00", "2", "does not allow"),
        ("a: 1\n名: 2".encode(), "2:1", "ASCII"),
        ("a: 1\nа: 2".encode(), "2:1", "ASCII"),  # a Cyrillic letter that looks like the Latin one
        (b"? [a]\n: 1", "1:3", "ASCII"),
        (b'a: "\\ud800"', "1:4", "half a character"),
        (b'a: "\\UFFFFFFFF"', "", "no character"),
        (b"%YAML 3.0\n---\na: 1", "1:1", "no YAML"),
    ],
)
def test_what_the_language_does_not_use_is_refused(content: bytes, place: str, message: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_document("f.yaml", content)
    finding = caught.value.finding
    assert message in finding.message
    assert ":".join(str(part) for part in (finding.line, finding.column) if part) == place
    assert "\n" not in str(finding)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"a: " + b"x" * documents.MAX_BYTES, "1 MiB"),
        (b"- \n" * (documents.MAX_NODES + 1), "values in one file"),
        (b"[" * 100_000, "nested"),
        (b"{" * 100_000, "nested"),
        (b"- " * 100_000, "nested"),
    ],
)
def test_bombs_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(Unreadable, match=message):
        parse_document("f.yaml", content)

"""@listSize stands on lists, and names what exists."""

import pytest

from tests.supergraph.source.reading import linked, told


@pytest.mark.parametrize(
    ("sdl", "expected"),
    [
        (linked('type T { a: Int @listSize(assumedSize: 1) }\ntype P { items: [Int] count: Int }', "v2.9", '"@cost", "@listSize"'), ['LIST_SIZE_APPLIED_TO_NON_LIST 2:17']),
        (linked('type T { a: P @listSize(sizedFields: "count") }\ntype P { items: [Int] count: Int }', "v2.9", '"@cost", "@listSize"'), ['LIST_SIZE_APPLIED_TO_NON_LIST 2:15']),
        (linked('type T { a: P @listSize(sizedFields: ["items", "nope"]) }\ntype P { items: [Int] count: Int }', "v2.9", '"@cost", "@listSize"'), ['LIST_SIZE_INVALID_SIZED_FIELD 2:15']),
        (linked('type T { a: Int @listSize(sizedFields: ["a"]) }\ntype P { items: [Int] count: Int }', "v2.9", '"@cost", "@listSize"'), ['LIST_SIZE_INVALID_SIZED_FIELD 2:17']),
        (linked('type T { a: [Int] @listSize(assumedSize: -1) }\ntype P { items: [Int] count: Int }', "v2.9", '"@cost", "@listSize"'), ['LIST_SIZE_INVALID_ASSUMED_SIZE 2:19']),
        (linked('type T { a(b: String): [Int] @listSize(slicingArguments: ["b", "c"]) }\ntype P { items: [Int] count: Int }', "v2.9", '"@cost", "@listSize"'), ['LIST_SIZE_INVALID_SLICING_ARGUMENT 2:30', 'LIST_SIZE_INVALID_SLICING_ARGUMENT 2:30']),
    ],
)  # fmt: skip
def test_what_breaks_the_rule_is_found(sdl: str, expected: list[str]) -> None:
    assert told(sdl) == expected


@pytest.mark.parametrize(
    "sdl",
    [
        linked('type T { a(b: Int!): [Int!]! @listSize(slicingArguments: ["b"]) }\ntype P { items: [Int] count: Int }', "v2.9", '"@cost", "@listSize"'),
        linked('type T { a: P @listSize(sizedFields: ["items"], assumedSize: 0) }\ntype P { items: [Int] count: Int }', "v2.9", '"@cost", "@listSize"'),
    ],
)  # fmt: skip
def test_what_keeps_the_rule_passes(sdl: str) -> None:
    assert told(sdl) == []

"""docs/errors/hints.md lists each hint of composition, and sources that have it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.supergraph.composing import compose_sources
from tests.supergraph.test_documented_rules import texts

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "errors" / "hints.md").read_text(encoding="utf-8")
LISTED = re.findall(r"^\| `([A-Z_]+)` \|", PAGE, re.MULTILINE)
EXAMPLES = re.findall(
    r"^### ([^\n]+)\n\n```graphql\n(.*?)^```\n\n```text\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL
)
MAKERS = [
    *(ROOT / "gateway" / "supergraph" / "merge" / "hints").glob("*.py"),
    ROOT / "gateway" / "supergraph" / "source" / "hints.py",
]


def codes() -> Iterator[str]:
    """Every word in capitals with which a string begins where hints are made."""
    for file in MAKERS:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from re.findall(r"^[A-Z]+(?:_[A-Z]+)+(?= |$)", node.value)


@pytest.mark.parametrize(
    ("sources", "expected"), [example[1:] for example in EXAMPLES], ids=[example[0] for example in EXAMPLES]
)
def test_the_sources_have_the_hints_that_are_told(sources: str, expected: str) -> None:
    assert {hint.split()[0] for hint in compose_sources(texts(sources)).hints} == set(expected.split())


def test_every_hint_is_listed_once_and_has_an_example() -> None:
    shown = {code for _, _, expected in EXAMPLES for code in expected.split()}
    assert sorted(LISTED) == sorted(set(codes())) == sorted(shown)

"""A deployment may bring an ontology of its own: the gateway and the connectors name nothing of this one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import TypeDefinitionNode, parse

from schema.unified import unified_sdl

ROOT = Path(__file__).parents[2]
FILES = sorted(path for part in ("gateway", "connectors") for path in (ROOT / part).rglob("*.py"))
STANDARD = {"Date"}  # a scalar that many ontologies have

WORDS = {
    definition.name.value
    for definition in parse(unified_sdl()).definitions
    if isinstance(definition, TypeDefinitionNode)
} - STANDARD


def named(source: str) -> Iterator[tuple[int, str]]:
    """(line, word of the ontology) wherever code, not comments or docstrings, says it; `PersonView` counts."""
    tree = ast.parse(source)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    }
    for node in ast.walk(tree):
        for text in _texts(node) if id(node) not in docstrings else ():
            for word in WORDS:
                if re.search(rf"(?<![A-Z]){word}(?![a-z])", text):
                    yield getattr(node, "lineno", 0), word


def _texts(node: ast.AST) -> Iterator[str]:
    for attribute in ("id", "attr", "arg", "name", "value"):
        text = getattr(node, attribute, None)
        if isinstance(text, str):
            yield text


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_names_no_type_of_the_ontology(path: Path) -> None:
    assert not list(named(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("class PersonView: ...", ["Person"]),
        ("find('Household.id')", ["Household"]),
        ("x.Division", ["Division"]),
        ('"""Such as Person."""', []),
        ("persona = Personal = 1  # Person", []),
    ],
)
def test_what_counts_as_naming(source: str, words: list[str]) -> None:
    assert [word for _, word in named(source)] == words

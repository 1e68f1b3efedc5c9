"""A failing case made smaller: whatever can go while the same difference stays, goes."""

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from graphql import (
    ConstArgumentNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLNonNull,
    InlineFragmentNode,
    Node,
    NonNullTypeNode,
    OperationDefinitionNode,
    SchemaExtensionNode,
    StringValueNode,
    parse,
    print_ast,
)

from tests.difference.case import Drawn, read
from tests.difference.entities import KEY_TYPES
from tests.difference.lab import Difference, Lab, Refused
from tests.federation.case import Run
from tests.federation.field_sets import field_set
from tests.federation.world import REFERENCE, ROOTS

MAX_TRIES = 2_000
"""How many smaller cases are tried; each takes a few hundredths of a second."""

Whole = TypeVar("Whole")


def smaller(drawn: Drawn, difference: Difference, tries: int = MAX_TRIES) -> Drawn:
    """The smallest case found that shows a difference of the same kind."""
    if difference.run is not None:
        drawn = replace(drawn, runs=(difference.run,))
    left = [tries]

    def fails(one: Drawn) -> bool:
        left[0] -= 1
        return left[0] >= 0 and _kind(one) == difference.kind

    before = None
    while before != drawn and left[0] > 0:
        before = drawn
        drawn = _descend(drawn, _other_operations, fails)
        drawn = _descend(drawn, _other_sources, fails)
        drawn = _descend(drawn, _other_data, fails)
    return drawn


def _kind(drawn: Drawn) -> str | None:
    """The kind of difference that a case shows, if any."""
    rows = {name for of, some in drawn.data.items() for name in ({of} if of in ROOTS else some)}
    if not set(re.findall(rf'"{REFERENCE}(\w+)"', json.dumps(drawn.data))) <= rows:
        return None  # a reference leads nowhere: sources could not answer
    try:
        lab = Lab(drawn)
        for run in drawn.runs:
            lab.check(run)
    except Difference as difference:
        return difference.kind
    except Refused:
        return None
    except Exception:  # what is no case any more is no smaller case
        return None
    return None


def _descend(
    drawn: Drawn, variants: Callable[[Drawn], Iterator[Drawn]], fails: Callable[[Drawn], bool]
) -> Drawn:
    """Take each variant that still fails; what was tried in vain before it is not tried again."""
    at = 0
    while (one := next(islice(variants(drawn), at, None), None)) is not None:
        if fails(one):
            drawn = one
        else:
            at += 1
    return drawn


def _other_operations(drawn: Drawn) -> Iterator[Drawn]:
    for number, run in enumerate(drawn.runs):
        for name in run.variables:
            kept = {key: value for key, value in run.variables.items() if key != name}
            yield replace(drawn, runs=_with(drawn.runs, number, replace(run, variables=kept)))
        for document in _variants(parse(run.document)):
            one = Run(run.name, print_ast(_tidy(document)), run.variables)
            yield replace(drawn, runs=_with(drawn.runs, number, one))


def _tidy(document: DocumentNode) -> DocumentNode:
    """The document without fragments and variables that nothing uses any more: they would make it invalid."""
    while True:
        text = print_ast(document)
        spread = set(re.findall(r"\.\.\.(\w+)", text))
        definitions = tuple(
            _with_used_variables(one, text) if isinstance(one, OperationDefinitionNode) else one
            for one in document.definitions
            if not isinstance(one, FragmentDefinitionNode) or one.name.value in spread
        )
        if definitions == tuple(document.definitions):
            return document
        document = replace(document, definitions=definitions)


def _with_used_variables(operation: OperationDefinitionNode, text: str) -> OperationDefinitionNode:
    used = tuple(
        one
        for one in operation.variable_definitions or ()
        if len(re.findall(rf"\${one.variable.name.value}\b", text)) > 1
    )
    return replace(operation, variable_definitions=used)


def _other_sources(drawn: Drawn) -> Iterator[Drawn]:
    for name in drawn.sources:
        kept = {key: text for key, text in drawn.sources.items() if key != name}
        yield replace(drawn, sources=kept)
    for name, text in drawn.sources.items():
        for document in _variants(parse(text)):
            yield replace(drawn, sources={**drawn.sources, name: print_ast(document)})


def _other_data(drawn: Drawn) -> Iterator[Drawn]:
    """Rows keep their keys, without which an entity cannot be found, and what a source never leaves null."""
    kept = {*KEY_TYPES, *_never_null(drawn)}
    for data in _json_variants(drawn.data, kept):
        yield replace(drawn, data=data)


def _never_null(drawn: Drawn) -> Iterator[str]:
    """The fields of which some source promises that they are not null."""
    for source in read(drawn.sources).values():
        for name in source.types:
            for field, known in getattr(source.schema.type_map[name], "fields", {}).items():
                if isinstance(known.type, GraphQLNonNull):
                    yield field


def _with(items: tuple[Whole, ...], at: int, item: Whole) -> tuple[Whole, ...]:
    return (*items[:at], item, *items[at + 1 :])


def _variants(node: DocumentNode) -> Iterator[DocumentNode]:
    for one in _node_variants(node):
        assert isinstance(one, DocumentNode)
        yield one


def _node_variants(node: Node) -> Iterator[Node]:
    """The node with one thing less, anywhere in it; larger things first at each level."""
    for key in node.keys:
        value = getattr(node, key, None)
        if isinstance(node, SchemaExtensionNode):
            continue  # without its @link a source would be another one, in Federation 1
        if isinstance(value, list | tuple):
            for at, item in enumerate(value):
                if isinstance(item, SchemaExtensionNode):
                    continue
                yield _changed(node, key, (*value[:at], *value[at + 1 :]))
                if isinstance(item, InlineFragmentNode):
                    yield _changed(node, key, (*value[:at], *item.selection_set.selections, *value[at + 1 :]))
            for at, item in enumerate(value):
                for one in _node_variants(item):
                    yield _changed(node, key, _with(tuple(value), at, one))
        elif isinstance(value, NonNullTypeNode):
            yield _changed(node, key, value.type)
        elif isinstance(value, Node):
            for one in _node_variants(value):
                yield _changed(node, key, one)
    if isinstance(node, FieldNode) and node.alias is not None:
        yield _changed(node, "alias", None)
    if isinstance(node, ConstArgumentNode) and node.name.value == "fields":
        yield from _other_field_sets(node)


def _other_field_sets(node: ConstArgumentNode) -> Iterator[Node]:
    assert isinstance(node.value, StringValueNode)
    for one in _node_variants(field_set(node.value.value)):
        text = " ".join(print_ast(one).strip("{}\n ").split())
        yield _changed(node, "value", StringValueNode(value=text))


def _changed(node: Node, key: str, value: object) -> Node:
    changes: dict[str, Any] = {key: value}  # Any: what stands under the key
    return replace(node, **changes)


def _json_variants(value: Any, kept: Collection[str]) -> Iterator[Any]:  # Any: JSON
    """The value with one item less, anywhere in it; `kept`: the names of what must stay."""
    if isinstance(value, dict):
        for name in [name for name in value if name not in kept and not _is_choice(name, value[name])]:
            yield {key: item for key, item in value.items() if key != name}
        for name, item in value.items():
            for one in _json_variants(item, kept) if name != "$pick" else ():
                yield {**value, name: one}
    elif isinstance(value, list):
        for at, item in enumerate(value):
            yield [*value[:at], *value[at + 1 :]]
            for one in _json_variants(item, kept):
                yield [*value[:at], one, *value[at + 1 :]]


def _is_choice(name: str, value: Any) -> bool:  # Any: JSON
    """What a field with `@requires` chooses from: without it, it would answer text where objects belong."""
    return name == "$pick" or (isinstance(value, dict) and "$pick" in value)


def as_test(drawn: Drawn, name: str) -> str:
    """A test to paste into test_found.py, which has the names that it uses."""
    lines = [f"def test_{name}() -> None:", "    sources = {"]
    for source, text in drawn.sources.items():
        body = [f"            {line}" for line in text.splitlines() if line.strip()]
        lines += [f'        "{source}": """', *body, '        """,']
    lines += ["    }", f"    data = json.loads({json.dumps(drawn.data)!r})", "    runs = ("]
    for run in drawn.runs:
        document = " ".join(run.document.split())
        lines.append(f"        Run({run.name!r}, {document!r}, {run.variables!r}),")
    lines += ["    )", "", "    check(Drawn(sources, data, runs), Tally())"]
    return "\n".join(lines) + "\n"

"""What is not reported can be planned, and what is reported cannot: the planner is asked, which knows nothing of this.

The supergraphs are those of our conformance suite, and what becomes of them when keys and fields are taken from
sources at random.
"""

import random
import re
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    parse,
    validate,
)

from gateway.constraints import Constraints
from gateway.errors import ConfigurationError, RequestRefused
from gateway.operation import OperationLimits, read_operation
from gateway.planning import plan_operation
from gateway.planning.planner import PlanningError
from gateway.planning.standing import Atlas
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.model import Supergraph
from gateway.supergraph.reach import unreachable
from gateway.supergraph.reach.operations import placeholder
from tests.supergraph.reach.sources import supergraph

CASES = Path(__file__).parents[2] / "federation" / "cases"
NAMES = sorted(path.parent.name for path in CASES.glob("*/supergraph.graphql"))
OPEN = Constraints((), (), (), "", "", open=True)
PATHS = 60
DEEPEST = 6
SEEDS = range(2)


def written(case: str) -> str:
    return (CASES / case / "supergraph.graphql").read_text("utf-8")


def damaged(sdl: str, seed: int) -> str:
    """Take some resolvable keys from sources, and some fields from sources that share them."""
    chance = random.Random(seed)  # not a secret
    share = chance.choice((0.1, 0.3, 0.6))

    def without_key(found: re.Match[str]) -> str:
        return f"{found[1]}, resolvable: false)" if chance.random() < share else found[0]

    def with_fewer(found: re.Match[str]) -> str:
        said = re.findall(r"@join__field\([^)]*\)", found[0])
        gone = chance.choice(said) if len(said) > 1 and chance.random() < share else ""
        return found[0].replace(f" {gone}", "") if gone and "requires" not in found[0] else found[0]

    sdl = re.sub(r"(@join__type\(graph: \w+, key: \"[^\"]*\")\)", without_key, sdl)
    return re.sub(r"(?: @join__field\(graph: \w+\)){2,}", with_fewer, sdl)


def arguments(field: object) -> str:
    texts = [
        f"{name}: {placeholder(item.type)}"
        for name, item in getattr(field, "args", {}).items()
        if str(item.type).endswith("!")
    ]
    return f"({', '.join(texts)})" if texts else ""


def paths(schema: GraphQLSchema) -> Iterator[str]:
    """Operations that each ask for one field, nearest to the root first."""
    waiting: deque[tuple[GraphQLNamedType, str, str, int]] = deque()
    for keyword, root in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        if root is not None:
            waiting.append((root, f"{keyword} {{", "}", 0))
    while waiting:
        type_, opened, closed, depth = waiting.popleft()
        fields = type_.fields if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType) else {}
        for name, field in fields.items():
            returned = get_named_type(field.type)
            head = f"{opened} {name}{arguments(field)}"
            yield f"{head} {{ __typename }} {closed}" if is_composite_type(returned) else f"{head} {closed}"
            if is_composite_type(returned) and depth < DEEPEST:
                waiting.append((returned, f"{head} {{", f"}} {closed}", depth + 1))
        if not isinstance(type_, GraphQLObjectType):
            for one in schema.get_possible_types(type_):  # type: ignore[arg-type] # an interface or a union
                waiting.append((one, f"{opened} ... on {one.name} {{", f"}} {closed}", depth))


def plans(supergraph: Supergraph, text: str, atlas: Atlas) -> bool:
    assert not validate(supergraph.schema, parse(text)), text
    try:
        operation = read_operation(text, None, supergraph, OperationLimits())
        plan_operation(operation, OPEN, supergraph, atlas)
    except PlanningError:
        return False
    except RequestRefused as refused:
        assert "LIMIT" in refused.problems[0].code.value, text
    return True


def has_inputs(supergraph: Supergraph, coordinate: str) -> bool:
    type_name, field = coordinate.split(".")
    names = [name for name, known in supergraph.types.items() if type_name in known.possible]
    known = [supergraph.types[name].fields.get(field) for name in names]
    return any(said.requires for one in known if one for said in one.sources.values())


@pytest.mark.parametrize("case", NAMES)
def test_every_field_of_the_suite_is_found_and_planned(case: str) -> None:
    supergraph = read_supergraph(written(case), case).supergraph
    assert list(unreachable(supergraph)) == []
    atlas = Atlas(supergraph)
    for _, text in zip(range(PATHS), paths(supergraph.schema), strict=False):
        assert plans(supergraph, text, atlas), text


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("case", NAMES)
def test_of_a_damaged_supergraph_exactly_what_is_reported_cannot_be_planned(case: str, seed: int) -> None:
    try:
        supergraph = read_supergraph(damaged(written(case), seed), case).supergraph
    except ConfigurationError:
        return  # what was taken was needed for a key or an input: this is not composed SDL any more
    atlas = Atlas(supergraph)
    findings = list(unreachable(supergraph))
    for finding in findings:
        coordinate, shown = finding.message.split(" ")[0], finding.message.split("`")[1]
        if "runs once" not in finding.message and not has_inputs(supergraph, coordinate):
            assert not plans(supergraph, shown, atlas), finding
    if not findings:
        for _, text in zip(range(PATHS), paths(supergraph.schema), strict=False):
            assert plans(supergraph, text, atlas), text


@pytest.mark.parametrize("root", ["query", "mutation"])
def test_a_root_type_has_no_inputs(root: str) -> None:
    root_type = root.capitalize()
    graph = supergraph(
        a=f'type Query {{ n: Int }} extend type {root_type} {{ x: Int @external y: Int @requires(fields: "x") }}',
        b=f"type {root_type} {{ x: Int }}",
    )
    (finding,) = unreachable(graph)
    assert finding.message.startswith(f"{root_type}.y ")
    assert plans(graph, f"{root} {{ x }}", Atlas(graph))
    assert not plans(graph, f"{root} {{ y }}", Atlas(graph))


def test_the_damage_is_such_that_both_happens() -> None:
    reported: set[bool | None] = set()
    for case in NAMES[:16]:
        try:
            reported.add(any(unreachable(read_supergraph(damaged(written(case), 1), case).supergraph)))
        except ConfigurationError:
            reported.add(None)
    assert {True, False} <= reported

"""What the comparison promises of any two schemas, drawn by chance."""

from collections import Counter
from random import Random

import orjson
from graphql import (
    GraphQLSchema,
    build_schema,
    introspection_from_schema,
    parse,
    print_schema,
    validate,
    validate_schema,
)
from graphql.utilities import BreakingChange, DangerousChange, find_schema_changes
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gateway.supergraph.diff import Severity, compare, read_schema
from tests.supergraph.diff.schemas import operation, pairs, text, written

often = settings(derandomize=True, max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def schemas(pair: tuple[str, str]) -> tuple[GraphQLSchema, GraphQLSchema]:
    """The two schemas, unless one of them is none: a required field of `@oneOf`, a default that does not fit, …"""
    old, new = (build_schema(sdl) for sdl in pair)
    assume(not validate_schema(old) and not validate_schema(new))
    return old, new


@often
@given(pair=pairs(), random=st.randoms(use_true_random=False))
def test_where_nothing_breaks_old_operations_stay_valid(pair: tuple[str, str], random: Random) -> None:
    old, new = schemas(pair)
    document = parse(operation(old, random))
    assert validate(old, document) == []
    if all(change.severity is not Severity.BREAKING for change in compare(old, new)):
        assert validate(new, document) == []


@often
@given(pair=pairs())
def test_what_graphql_core_finds_is_found_and_no_less_serious(pair: tuple[str, str]) -> None:
    old, new = schemas(pair)
    ours = compare(old, new)
    breaking = Counter(change.kind for change in ours if change.severity is Severity.BREAKING)
    dangerous = Counter(change.kind for change in ours if change.severity is not Severity.SAFE)
    theirs = find_schema_changes(old, new)
    assert Counter(one.type.name for one in theirs if isinstance(one, BreakingChange)) - breaking == Counter()
    assert (
        Counter(one.type.name for one in theirs if isinstance(one, DangerousChange)) - dangerous == Counter()
    )


@often
@given(at=written)
def test_a_schema_is_itself_in_every_form(at: dict[str, str]) -> None:
    assume("@oneOf" not in at["In.of"])  # strawberry, once loaded, answers `isOneOf` for its own types alone
    schema, _ = schemas((text(at), text(at)))
    answer = {"data": introspection_from_schema(schema)}
    printed = read_schema(print_schema(schema), "printed.graphql")
    introspected = read_schema(orjson.dumps(answer).decode(), "introspected.json")
    assert compare(schema, printed) == compare(printed, introspected) == compare(introspected, schema) == ()

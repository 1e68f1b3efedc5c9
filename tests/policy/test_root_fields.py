"""Root fields that sources resolve: lookups, lists, and what nobody may ask, per concrete type."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any  # policy files as values

import pytest

from connectors.base import EVERY_ROW
from gateway.constraints import ALLOW, Constraints, Deny, Needs, Reason, RootPermit
from gateway.errors import ConfigurationError
from gateway.policy import load_policy
from gateway.supergraph.join import all_nullable, read_supergraph
from gateway.supergraph.model import ProgressiveOverride, Supergraph
from tests.policy.composed import FILES, SUPERGRAPH, rule

ALL = {"Citizen": "all", "Company": "all", "Parcel": "all"}
READ = {"read": ["Citizen.*", "Company.*", "Parcel.*"]}
LIST = {"list": ["Citizen", "Company", "Parcel"]}
Decide = Callable[..., Constraints]


@pytest.fixture(scope="module")
def supergraph() -> Supergraph:
    return all_nullable(read_supergraph(SUPERGRAPH, "city.graphql").supergraph)


@pytest.fixture
def decide(supergraph: Supergraph, write_policy: Any, tmp_path: Path) -> Decide:
    """What rules give to anonymous callers, over all fields of the supergraph."""

    def decided(*rules: Any, graph: Supergraph = supergraph, **files: Any) -> Constraints:
        named = {f"rules/r{number}.yaml": one for number, one in enumerate(rules)}
        policy = load_policy(write_policy(tmp_path, {**FILES, **named, **files}), graph)
        objects = ("Citizen", "Company", "Parcel")
        needs = Needs(
            frozenset((name, field) for name in objects for field in graph.types[name].fields),
            frozenset(objects),
            frozenset((name, field) for name in ("Query", "Mutation") for field in graph.types[name].fields),
        )
        return policy.decide(needs, frozenset({"anonymous"}), "work", date(2026, 1, 1))

    return decided


def rows(constraints: Constraints, field: str) -> Mapping[str, str] | Reason:
    """Per concrete type that can be found, the names of guards; or why nobody may ask."""
    found = constraints.root("Query", field)
    if isinstance(found, Deny):
        return found.reason
    assert isinstance(found, RootPermit)
    told = {
        name: "all"
        if one == EVERY_ROW
        else " or ".join("+".join(term.guard for term in terms) for terms in one.any_of)
        for name, one in found.rows
    }
    assert all(found.rows_of(name).any_of for name in told)
    return told


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("citizen", {"Citizen": "all"}),
        ("holder", {"Citizen": "all", "Company": "all"}),
        ("parcel", {"Parcel": "all"}),
        ("citizens", {"Citizen": "all"}),
        ("holders", {"Citizen": "all", "Company": "all"}),
        ("found", {"Citizen": "all", "Parcel": "all"}),
        ("citizenMaybe", Reason.RULE),  # the key need not be given, so that any row might be found
        ("citizenAsOf", Reason.RULE),  # more than a key
        ("citizenNamed", Reason.RULE),  # the same, though the type has a field of that name
        ("citizenByNumber", Reason.RULE),  # the key's name, not its type
        ("citizenByName", Reason.RULE),  # no key
        ("parcelOf", Reason.RULE),  # part of a key
        ("citizensNamed", Reason.RULE),  # a filter
        ("table", Reason.RULE),
        ("first", Reason.RULE),
        ("count", Reason.RULE),
        ("audited", Reason.DIRECTIVE),
    ],
)
def test_a_root_field_is_a_lookup_a_list_or_nobodys(decide: Decide, field: str, expected: Any) -> None:
    assert rows(decide(rule(READ, LIST, rows=ALL)), field) == expected


@pytest.mark.parametrize("field", ["erase", "rename"])
def test_no_mutation_is_anybodys(decide: Decide, field: str) -> None:
    assert decide(rule(READ, LIST, rows=ALL)).root("Mutation", field) == Deny(Reason.RULE)


def test_a_list_is_implied_by_nothing(decide: Decide) -> None:
    constraints = decide(rule(READ, {"lookup": ["Citizen.id"]}, {"use": ["Citizen.*"]}, rows=ALL))
    assert rows(constraints, "citizens") == Reason.PURPOSE


def test_a_list_alone_shows_no_row(decide: Decide) -> None:
    assert rows(decide(rule(LIST, rows=ALL)), "citizens") == Reason.RULE


def test_a_list_of_another_role_is_no_list(decide: Decide) -> None:
    constraints = decide(rule(READ, rows=ALL), rule(LIST, rows=ALL, roles=("clerk",)))
    assert rows(constraints, "citizens") == Reason.RULE


@pytest.mark.parametrize(
    ("listed", "field", "expected"),
    [
        ("Citizen", "holders", {"Citizen": "all"}),
        ("Company", "holders", {"Company": "all"}),
        ("Parcel", "found", {"Parcel": "all"}),
        ("Company", "found", Reason.PURPOSE),
    ],
)
def test_an_abstract_list_holds_the_types_that_are_listed(
    decide: Decide, listed: str, field: str, expected: Any
) -> None:
    assert rows(decide(rule(READ, {"list": [listed]}, rows=ALL)), field) == expected


@pytest.mark.parametrize(
    ("lookup", "expected"),
    [
        (["Company.id"], {"Company": "all"}),
        (["Citizen.id", "Company.id"], {"Citizen": "all", "Company": "all"}),
        (["Parcel.number"], Reason.PURPOSE),
    ],
)
def test_an_abstract_lookup_finds_the_types_whose_key_may_be_given(
    decide: Decide, lookup: list[str], expected: Any
) -> None:
    names = {"read": ["Citizen.name", "Company.name"]}
    assert rows(decide(rule(names, {"lookup": lookup}, rows=ALL)), "holder") == expected


def test_a_key_of_several_fields_needs_the_right_on_each(decide: Decide) -> None:
    half = rule({"read": ["Parcel.district"]}, {"lookup": ["Parcel.district"]}, rows=ALL)
    assert rows(decide(half), "parcel") == Reason.PURPOSE
    whole = rule({"read": ["Parcel.district"]}, {"lookup": ["Parcel.*"]}, rows=ALL)
    assert rows(decide(whole), "parcel") == {"Parcel": "all"}


def test_a_denied_key_field_takes_the_lookup(decide: Decide) -> None:
    constraints = decide(rule(READ, rows=ALL), **{"deny.yaml": [{"read": ["Citizen.id"]}]})
    assert rows(constraints, "citizen") == Reason.DENY
    assert rows(constraints, "holder") == {"Company": "all"}


@pytest.mark.parametrize("field", ["citizen", "citizens"])
def test_guards_of_the_visible_rows_hold_at_the_root(decide: Decide, field: str) -> None:
    constraints = decide(rule(READ, LIST, rows={**ALL, "Citizen": ["wang"]}))
    assert rows(constraints, field) == {"Citizen": "wang"}
    assert rows(constraints, "holders") == {"Citizen": "wang", "Company": "all"}


def test_rows_that_are_only_reached_are_in_no_list_and_found_by_no_lookup(decide: Decide) -> None:
    constraints = decide(
        rule({"read": ["Citizen.*"]}, rows={"Citizen": "reached"}),
        rule({"read": ["Company.*"]}, {"list": ["Company"]}, rows={"Company": "all"}),
    )
    assert constraints.rows_of("Citizen") == EVERY_ROW
    assert rows(constraints, "holders") == {"Company": "all"}
    assert rows(constraints, "holder") == {"Company": "all"}


@pytest.mark.parametrize("field", ["citizen", "citizens"])
def test_a_right_on_all_rows_does_not_show_those_that_are_only_reached(decide: Decide, field: str) -> None:
    constraints = decide(
        rule({"read": ["Citizen.name"]}, rows={"Citizen": "reached"}),
        rule({"list": ["Citizen"]}, {"lookup": ["Citizen.id"]}, rows={"Citizen": "all"}),
    )
    assert rows(constraints, field) == Reason.RULE


def test_a_list_of_rows_that_are_only_reached_is_a_finding(decide: Decide) -> None:
    with pytest.raises(ConfigurationError, match="only reached, so a list holds none"):
        decide(rule({"list": ["Citizen"]}, {"read": ["Citizen.*"]}, rows={"Citizen": "reached"}))


def test_what_a_security_directive_protects_is_denied_under_a_policy_too(decide: Decide) -> None:
    constraints = decide(rule(READ, rows=ALL))
    assert constraints.field("Citizen", "faith") == Deny(Reason.DIRECTIVE)
    assert constraints.field("Citizen", "name") == ALLOW


@pytest.mark.parametrize(
    ("source", "field", "expected"),
    [
        (
            "tax",
            "debt",
            Deny(Reason.SHARING),
        ),  # supplied by way of the interface, by a source that knows no citizen
        ("tax", "name", ALLOW),
        ("civil", "name", Deny(Reason.SHARING)),
    ],
)
def test_every_source_that_could_supply_a_field_must_share_it(
    decide: Decide, supergraph: Supergraph, source: str, field: str, expected: Any
) -> None:
    withheld = {**supergraph.sources, source: replace(supergraph.sources[source], sharing="none")}
    constraints = decide(rule(READ, rows=ALL), graph=replace(supergraph, sources=withheld))
    assert constraints.field("Citizen", field) == expected


@pytest.mark.parametrize("source", ["civil", "tax"])
def test_both_sources_of_a_move_by_label_must_share_the_field(
    decide: Decide, supergraph: Supergraph, source: str
) -> None:
    citizen = supergraph.types["Citizen"]
    name = citizen.fields["name"]
    moving = replace(
        name,
        sources={**name.sources, "tax": replace(name.sources["civil"], external=True)},
        moves=(ProgressiveOverride("percent(5)", "civil", "tax"),),
    )
    graph = replace(
        supergraph,
        types={**supergraph.types, "Citizen": replace(citizen, fields={**citizen.fields, "name": moving})},
        sources={**supergraph.sources, source: replace(supergraph.sources[source], sharing="none")},
    )
    assert decide(rule(READ, rows=ALL), graph=graph).field("Citizen", "name") == Deny(Reason.SHARING)


def test_a_root_field_is_nobodys_when_its_source_does_not_share(
    decide: Decide, supergraph: Supergraph
) -> None:
    query = supergraph.types["Query"]
    elsewhere = replace(query.fields["citizens"], sources={"tax": query.fields["citizens"].sources["civil"]})
    graph = replace(
        supergraph,
        types={**supergraph.types, "Query": replace(query, fields={**query.fields, "citizens": elsewhere})},
        sources={**supergraph.sources, "tax": replace(supergraph.sources["tax"], sharing="none")},
    )
    constraints = decide(rule(READ, LIST, rows=ALL), graph=graph)
    assert rows(constraints, "citizens") == Reason.SHARING
    assert rows(constraints, "found") == {"Citizen": "all", "Parcel": "all"}


def test_introspection_shows_the_root_fields_that_could_ever_be_asked(
    supergraph: Supergraph, write_policy: Any, tmp_path: Path
) -> None:
    files = {**FILES, "rules/r.yaml": rule({"read": ["Parcel.*"]}, {"list": ["Parcel"]}, rows=ALL)}
    policy = load_policy(write_policy(tmp_path, files), supergraph)
    seen = policy.could_ever(frozenset({"anonymous"}), frozenset(), date(2026, 1, 1))
    assert seen.roots == {("Query", "parcel"), ("Query", "found")}
    assert seen.types == {"Parcel"}

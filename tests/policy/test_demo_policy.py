"""What the demo's policy files give each persona: the table that the demo promises."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from connectors.base import EVERY_ROW, NO_ROW, Claim, GuardTerm, PathStep, RowFilter
from gateway.constraints import ALLOW, Constraints, Deny, LookupPermit, Needs, Permit, RootDecision
from gateway.errors import ConfigurationError
from gateway.policy import Policy, load_policy
from gateway.supergraph.model import Supergraph

POLICIES = Path(__file__).parents[2] / "config" / "policies"
TODAY = date(2026, 11, 25)
PERSONAS = {
    "anonymous": ("anonymous", "open"),
    "citizen": ("citizen", "service.self"),
    "clerk": ("service_clerk", "service.household_move"),
    "registrar": ("registrar", "registry.maintenance"),
}
# Columns: anonymous, citizen, clerk, registrar. A word alone is the reason of a denial.
FIELDS = {
    "Person.citizenId": ("purpose", "raw", "id-ends", "raw"),
    "Person.name": ("purpose", "raw", "raw", "raw"),
    "Person.sex": ("purpose", "raw", "raw", "raw"),
    "Person.relationToHead": ("purpose", "raw", "raw", "raw"),
    "Person.birthDate": ("purpose", "raw", "year", "raw"),
    "Person.division": ("purpose", "raw", "raw", "raw"),
    "Person.household": ("purpose", "raw", "raw", "raw"),
    "Person.kin": ("purpose", "raw", "raw", "raw"),
    "Person.status": ("purpose", "purpose", "purpose", "raw"),
    "Person.creditRecords": ("purpose", "raw", "deny", "purpose"),
    "Household.*": ("purpose", "raw", "raw", "raw"),
    "Kinship.*": ("purpose", "raw", "raw", "raw"),
    "Division.*": ("raw", "raw", "raw", "raw"),
    "CreditRecord.*": ("purpose", "raw", "deny", "purpose"),
}
ROWS = {
    "Person": ("none", "self", "active local", "all"),
    "Household": ("none", "member", "local", "all"),
    "Kinship": ("none", "all", "all", "all"),  # reached: nothing more is asked of a row that was
    "Division": ("all", "all", "all", "all"),
    "CreditRecord": ("none", "self", "none", "none"),
}
ROOTS = {
    "person": ("purpose", "self", "active local", "all"),
    "household": ("purpose", "member", "local", "all"),
    "division": ("all", "all", "all", "all"),
    "creditRecord": ("purpose", "self", "deny", "purpose"),
}


@pytest.fixture(scope="module")
def policy(city: Supergraph) -> Policy:
    """The demo's policy."""
    return load_policy(POLICIES, city)


def _constraints(policy: Policy, city: Supergraph, persona: str) -> Constraints:
    role, purpose = PERSONAS[persona]
    objects = [type_ for type_ in city.types.values() if type_.possible == {type_.name}]
    fields = frozenset((type_.name, field) for type_ in objects for field in type_.fields)
    needs = Needs(
        fields,
        frozenset(type_.name for type_ in objects),
        frozenset(("Query", name) for name in city.lookups),
    )
    return policy.decide(needs, frozenset({role}), purpose, TODAY)


def _said_of_field(decision: Deny | Permit) -> str:
    if isinstance(decision, Deny):
        return decision.reason.value
    assert not decision.conditional
    (candidate,) = decision.candidates
    return candidate.mask.name if candidate.mask else "raw"


def _said_of_rows(rows: RowFilter) -> str:
    if rows == EVERY_ROW:
        return "all"
    if rows == NO_ROW:
        return "none"
    (terms,) = rows.any_of
    return " ".join(term.guard for term in terms)


def _said_of_root(decision: RootDecision) -> str:
    if isinstance(decision, Deny):
        return decision.reason.value
    assert isinstance(decision, LookupPermit), "every root field of the demo is a lookup"
    return _said_of_rows(decision.rows)


@pytest.mark.parametrize("persona", PERSONAS)
@pytest.mark.parametrize("pattern", FIELDS)
def test_each_persona_reads_what_the_table_says(
    policy: Policy, city: Supergraph, persona: str, pattern: str
) -> None:
    type_name, field = pattern.split(".")
    expected = FIELDS[pattern][list(PERSONAS).index(persona)]
    constraints = _constraints(policy, city, persona)
    for name in city.types[type_name].fields if field == "*" else [field]:
        assert _said_of_field(constraints.field(type_name, name)) == expected, name


@pytest.mark.parametrize("persona", PERSONAS)
def test_each_persona_sees_the_rows_that_the_table_says(
    policy: Policy, city: Supergraph, persona: str
) -> None:
    column = list(PERSONAS).index(persona)
    constraints = _constraints(policy, city, persona)
    assert {name: _said_of_rows(constraints.rows_of(name)) for name in ROWS} == {
        name: cells[column] for name, cells in ROWS.items()
    }
    assert {name: _said_of_root(constraints.root("Query", name)) for name in ROOTS} == {
        name: cells[column] for name, cells in ROOTS.items()
    }


def test_a_guard_is_a_path_through_the_graph_and_a_claim(policy: Policy, city: Supergraph) -> None:
    rows = _constraints(policy, city, "citizen").rows_of("CreditRecord")
    path = (PathStep("subject", "Person"), PathStep("citizenId"))
    assert rows == RowFilter(((GuardTerm("self", path, "equals", Claim("citizenId")),),))


def test_equal_questions_give_equal_and_hashable_answers(policy: Policy, city: Supergraph) -> None:
    first, second = (_constraints(policy, city, "clerk") for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first.field("Person", "name") is not ALLOW  # equal by value, not by identity
    assert first.field("Person", "name") == ALLOW


def test_what_was_not_asked_is_denied(policy: Policy) -> None:
    nothing = Needs(frozenset(), frozenset(), frozenset())
    constraints = policy.decide(nothing, frozenset({"registrar"}), "registry.maintenance", TODAY)
    assert isinstance(constraints.field("Person", "name"), Deny)
    assert constraints.rows_of("Person") == NO_ROW
    assert isinstance(constraints.root("Query", "person"), Deny)
    assert constraints.field("Person", "__typename") == ALLOW


def test_the_clerks_rule_ends_when_it_says(policy: Policy, city: Supergraph) -> None:
    needs = Needs(frozenset({("Person", "name")}), frozenset({"Person"}), frozenset({("Query", "person")}))
    roles = frozenset({"service_clerk"})
    for day, allowed in {
        date(2025, 12, 31): False,
        date(2026, 1, 1): True,
        date(2027, 12, 31): True,
        date(2028, 1, 1): False,
    }.items():
        constraints = policy.decide(needs, roles, "service.household_move", day)
        assert (constraints.field("Person", "name") == ALLOW) is allowed, day
        assert isinstance(constraints.root("Query", "person"), LookupPermit) is allowed, day


def test_caches_learn_when_a_rule_begins_or_ends(policy: Policy) -> None:
    assert policy.stable_until(date(2025, 12, 31)) == date(2026, 1, 1)
    assert policy.stable_until(date(2026, 1, 1)) == date(2028, 1, 1)
    assert policy.stable_until(date(2028, 1, 1)) == date.max


def test_introspection_shows_what_could_ever_be_allowed(policy: Policy) -> None:
    anonymous = policy.could_ever(frozenset({"anonymous"}), frozenset(), TODAY)
    assert anonymous.types == {"Division"}
    assert anonymous.fields == {("Division", name) for name in ("code", "name", "parent")}
    assert anonymous.roots == {("Query", "division")}
    clerk = policy.could_ever(frozenset({"service_clerk"}), frozenset({"service.household_move"}), TODAY)
    assert ("Person", "birthDate") in clerk.fields
    assert ("Person", "creditRecords") not in clerk.fields
    assert clerk.types == {"Person", "Household", "Kinship", "Division"}
    assert clerk.roots == {("Query", name) for name in ("person", "household", "division")}
    no_purpose = policy.could_ever(frozenset({"service_clerk"}), frozenset(), TODAY)
    assert (no_purpose.fields, no_purpose.types, no_purpose.roots) == (frozenset(),) * 3


def test_the_version_follows_every_byte_and_name(policy: Policy, city: Supergraph, tmp_path: Path) -> None:
    copy = shutil.copytree(POLICIES, tmp_path / "copy")
    assert load_policy(copy, city).version == policy.version
    assert len(policy.version) == 64
    with (copy / "guards.yaml").open("a") as file:
        file.write("# a remark\n")
    changed = load_policy(copy, city).version
    (copy / "rules" / "open.yaml").rename(copy / "rules" / "opened.yaml")
    assert len({policy.version, changed, load_policy(copy, city).version}) == 3


def test_a_misspelt_field_is_found_with_its_place(city: Supergraph, tmp_path: Path) -> None:
    copy = shutil.copytree(POLICIES, tmp_path / "copy")
    file = copy / "rules" / "household-move.yaml"
    file.write_text(file.read_text().replace("Person.name, Person.sex", "Person.nam, Person.sex"))
    with pytest.raises(ConfigurationError) as caught:
        load_policy(copy, city)
    assert str(caught.value) == f"POLICY {file}:12:12 unknown field Person.nam; did you mean name?"

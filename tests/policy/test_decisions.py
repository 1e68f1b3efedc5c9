"""The engine against the oracle: random policies, callers and rows, cell by cell."""

import re
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from connectors.base import Claim, Constant, GuardTerm, PathStep, RowFilter
from gateway.constraints import Constraints, Deny, LookupPermit, Needs
from gateway.policy import load_policy
from gateway.supergraph.model import Supergraph
from tests.oracle.policy import Caller, Ontology, Oracle

SDL = """
scalar Date
scalar DivisionCode
enum State { ACTIVE MOVED }
type Person {
  id: ID! @label(level: "middle", categories: ["personal"])
  name: String @label(level: "low", categories: ["personal"])
  born: Date @label(level: "middle", categories: ["personal"])
  state: State @label(level: "low")
  place: Place @label(level: "low")
  home: Home @label(level: "low")
  notes: [Note!] @label(level: "high", categories: ["trade"])
  unlabelled: String
}
type Home {
  id: ID! @label(level: "low")
  place: Place @label(level: "low")
  members: [Person!] @label(level: "low", categories: ["personal"])
}
type Place {
  code: DivisionCode @label(level: "low")
  name: String @label(level: "low")
}
type Note {
  id: ID! @label(level: "low")
  text: String @label(level: "middle", categories: ["trade"])
  about: Subject @label(level: "low")
}
union Subject = Person | Home
type Query {
  person(id: ID!): Person
  home(id: ID!): Home
  place(code: DivisionCode!): Place
  note(id: ID!): Note
}
"""
KEYS = {"place": "code"}
LEVELS = ["low", "middle", "high"]
CATEGORIES = ["personal", "trade"]
ROLES = ["clerk", "analyst", "citizen"]
PURPOSES = ["move", "self"]
GUARDS: Mapping[str, Mapping[str, Any]] = {
    "self": {"on": {"Person": "id", "Note": "about<Person>.id"}, "equals": "principal.person"},
    "member": {"on": {"Home": "members.id"}, "equals": "principal.person"},
    "local": {
        "on": {"Person": "place.code", "Home": "place.code", "Place": "code"},
        "within": "principal.division",
    },
    "active": {"on": {"Person": "state"}, "equals": {"value": "ACTIVE"}},
    "known": {"on": {"Person": "name", "Note": "text"}, "equals": {"value": ["a", "b"]}},
}
MASKABLE = {("Person", "name"): "String", ("Person", "born"): "Date", ("Note", "text"): "String"}
DAYS = ["2026-01-01", "2026-06-01", "2027-01-01"]


@pytest.fixture(scope="session")
def world(supergraph_of: Any) -> Supergraph:
    """The small world that the random policies are about."""
    supergraph: Supergraph = supergraph_of(SDL, keys=KEYS)
    return supergraph


def _ontology(supergraph: Supergraph) -> Ontology:
    objects = [type_ for type_ in supergraph.types.values() if type_.possible == {type_.name}]
    return Ontology(
        fields={
            type_.name: {
                name: supergraph.types[field.type.name].possible for name, field in type_.fields.items()
            }
            for type_ in objects
        },
        labels={
            (type_.name, name): (field.labels[0].level, field.labels[0].categories)
            for type_ in objects
            for name, field in type_.fields.items()
            if field.labels
        },
        lookups={name: (lookup.type_name, lookup.key_field) for name, lookup in supergraph.lookups.items()},
    )


FIELDS = {
    "Person": ["id", "name", "born", "state", "place", "home", "notes", "unlabelled"],
    "Home": ["id", "place", "members"],
    "Place": ["code", "name"],
    "Note": ["id", "text", "about"],
}
COORDINATES = [f"{type_name}.{field}" for type_name, fields in FIELDS.items() for field in fields]
PATTERNS = ["Person.*", "Person.n*", "Home.*", "Place.*", "Note.*"]
LABELLED = [coordinate for coordinate in COORDINATES if coordinate != "Person.unlabelled"]
UNMASKABLE = [name for name in LABELLED if tuple(name.split(".")) not in MASKABLE]
TITLE = {"zh": "规则", "en": "rule"}


def _some(items: list[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(items), unique=True, min_size=least)


GRADES = st.fixed_dictionaries({"level": st.sampled_from(LEVELS), "categories": _some(CATEGORIES)})
HIGH = st.just({"level": "high", "categories": CATEGORIES})


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    """A policy that loads: what would be refused is left out."""
    masks = draw(st.permutations(["fixed", "short"]))
    # One mask for a field and a role, whatever the rule: two would be refused.
    masked = {
        (role, field): draw(st.sampled_from(["fixed", "short"])) for role in ROLES for field in MASKABLE
    }
    documents: dict[str, Any] = {
        "labels.yaml": {
            "levels": LEVELS,
            "categories": dict.fromkeys(CATEGORIES, TITLE),
            "fields": draw(
                st.dictionaries(st.sampled_from([*LABELLED, "Person.n*", "Note.*"]), GRADES, max_size=2)
            ),
            "declassify": draw(
                st.dictionaries(
                    st.sampled_from(["Person.born", "Note.text"]),
                    st.just({"to": {"level": "low"}, "reason": TITLE}),
                    max_size=1,
                )
            ),
        },
        "masks.yaml": {
            name: {
                **({"text": "***"} if name == "fixed" else {"partial": {"keep_first": 1}}),
                "for": ["String", "Date"],
                "yields": draw(GRADES),
            }
            for name in masks
        },
        "purposes.yaml": {purpose: {**TITLE, "basis": "law"} for purpose in PURPOSES},
        "roles.yaml": {role: draw(st.one_of(HIGH, GRADES)) for role in ROLES},
        "guards.yaml": GUARDS,
        "deny.yaml": draw(st.lists(_denials(everybody=True), max_size=1)),
    }
    for number in range(draw(st.integers(1, 5))):
        documents[f"rules/r{number}.yaml"] = draw(_rules(masked))
    return documents


@st.composite
def _rules(draw: st.DrawFn, masked: Mapping[tuple[str, tuple[str, str]], str]) -> dict[str, Any]:
    roles = draw(st.sampled_from([[role] for role in ROLES]) | _some(ROLES, least=1))
    rows: dict[str, Any] = {}
    for type_name in FIELDS:
        guards = [name for name, guard in GUARDS.items() if type_name in guard["on"]]
        rows[type_name] = draw(st.sampled_from(["all", "reached"]) | _some(guards, least=1))
    # Masks show where nothing is read raw, so some rules leave the fields alone that have one.
    readable = draw(st.sampled_from([LABELLED + PATTERNS, UNMASKABLE]))
    allow: list[dict[str, Any]] = [{"read": draw(_some(readable, least=1))}]
    lookups = draw(_some(["Person.id", "Home.id", "Note.id"]))
    if lookups := [name for name in lookups if rows[name.split(".")[0]] != "reached"]:
        allow.append({"lookup": lookups})
    if len(roles) == 1:
        for field in draw(st.lists(st.sampled_from(sorted(MASKABLE)), unique=True, min_size=1)):
            allow.append({"read": [".".join(field)], "mask": masked[roles[0], field]})
    rule: dict[str, Any] = {
        "title": TITLE,
        "owner": "test",
        "roles": roles,
        "purposes": draw(st.sampled_from([PURPOSES, ["move"], ["self"]])),
        "rows": rows,
        "allow": allow,
    }
    if draw(st.integers(0, 3)) == 0:
        begins, ends = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2, unique=True)))
        rule["valid"] = draw(
            st.sampled_from([{"from": begins}, {"until": ends}, {"from": begins, "until": ends}])
        )
    if draw(st.integers(0, 4)) == 0:
        rule["deny"] = draw(st.lists(_denials(everybody=False), min_size=1, max_size=2))
    return rule


@st.composite
def _denials(draw: st.DrawFn, everybody: bool) -> dict[str, Any]:
    entry: dict[str, Any] = {
        draw(st.sampled_from(["read", "lookup", "use"])): draw(_some(COORDINATES, least=1))[:2]
    }
    if everybody and draw(st.booleans()):
        entry["roles"] = draw(_some(ROLES, least=1))
    if everybody and draw(st.booleans()):
        entry["purposes"] = draw(_some(PURPOSES, least=1))
    return entry


@st.composite
def callers(draw: st.DrawFn) -> Caller:
    claims = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "person": st.sampled_from([("1",), ("2",), ("2", "3")]),
                "division": st.sampled_from([("330200",), ("330203",), ("33",), ("330000", "110000")]),
            },
        )
    )
    day = draw(st.sampled_from(["2025-12-31", *DAYS]))
    roles = frozenset(draw(st.just(ROLES) | _some([*ROLES, "stranger"], least=1)))
    return Caller(roles, draw(st.sampled_from(PURPOSES)), date.fromisoformat(day), claims)


CODES = st.sampled_from(["330203", "330200", "330000", "110101", "x", None])
PLACE_ROWS = st.fixed_dictionaries({"code": CODES})
PLACES = st.none() | PLACE_ROWS
PEOPLE = st.fixed_dictionaries(
    {
        "__typename": st.just("Person"),
        "id": st.sampled_from(["1", "2", "3"]),
        "name": st.sampled_from(["a", "c", None]),
        "state": st.sampled_from(["ACTIVE", "MOVED", None]),
        "place": PLACES,
    }
)
HOMES = st.fixed_dictionaries(
    {
        "__typename": st.just("Home"),
        "id": st.just("h"),
        "place": PLACES,
        "members": st.none() | st.lists(st.none() | PEOPLE, max_size=3),
    }
)
NOTES = st.fixed_dictionaries(
    {
        "__typename": st.just("Note"),
        "text": st.sampled_from(["a", "z", None]),
        "about": st.none() | PEOPLE | HOMES,
    }
)
ROWS = {
    "Person": st.lists(PEOPLE, min_size=1, max_size=4),
    "Home": st.lists(HOMES, min_size=1, max_size=3),
    "Place": st.lists(PLACE_ROWS, min_size=1, max_size=2),
    "Note": st.lists(NOTES, min_size=1, max_size=3),
}


@settings(
    max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None
)
@given(documents=policies(), caller=callers(), rows=st.fixed_dictionaries(ROWS))
def test_every_cell_is_decided_as_the_text_says(
    world: Supergraph,
    write_policy: Any,
    documents: dict[str, Any],
    caller: Caller,
    rows: Mapping[str, list[dict[str, Any]]],
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        policy = load_policy(write_policy(Path(directory), documents), world)
    needs = Needs(
        frozenset((type_name, field) for type_name, fields in FIELDS.items() for field in fields),
        frozenset(FIELDS),
        frozenset(("Query", name) for name in world.lookups),
    )
    constraints = policy.decide(needs, caller.roles, caller.purpose, caller.today)
    oracle = Oracle(documents, _ontology(world))
    _compare_roots(constraints, oracle, caller, rows, world)
    for type_name, fields in FIELDS.items():
        visible = [row for row in rows[type_name] if _matches(constraints.rows_of(type_name), row, caller)]
        expected = [row for row in rows[type_name] if oracle.row_is_visible(caller, type_name, row, True)]
        assert visible == expected, type_name
        for field in fields:
            _compare_field(constraints, oracle, caller, (type_name, field), visible)


def _compare_roots(
    constraints: Constraints,
    oracle: Oracle,
    caller: Caller,
    rows: Mapping[str, list[dict[str, Any]]],
    world: Supergraph,
) -> None:
    for name, lookup in world.lookups.items():
        decision = constraints.root("Query", name)
        reason = decision.reason.value if isinstance(decision, Deny) else None
        assert reason == oracle.lookup_reason(caller, name), name
        if isinstance(decision, LookupPermit):
            event("a lookup is permitted")
            for row in rows[lookup.type_name]:
                found = _matches(decision.rows, row, caller)
                assert found == oracle.lookup_finds(caller, name, row), (name, row)


def _compare_field(
    constraints: Constraints,
    oracle: Oracle,
    caller: Caller,
    field: tuple[str, str],
    visible: list[dict[str, Any]],
) -> None:
    decision = constraints.field(*field)
    reason = decision.reason.value if isinstance(decision, Deny) else None
    assert reason == oracle.static_reason(caller, *field), field
    if isinstance(decision, Deny):
        return
    cells = [oracle.cell(caller, *field, row) for row in visible]
    assert [_cell(constraints, field, row, caller) for row in visible] == cells, field
    if not decision.conditional:
        assert "withheld" not in cells, field
    if cells:
        event("a row is visible")
    for cell in cells:
        event(f"a cell is {cell}")


def _cell(constraints: Constraints, field: tuple[str, str], row: Mapping[str, Any], caller: Caller) -> str:
    decision = constraints.field(*field)
    assert not isinstance(decision, Deny)
    holding = [
        candidate.mask
        for candidate in decision.candidates
        if all(_holds(term, row, caller) for term in candidate.guards)
    ]
    if not holding:
        return "withheld"
    if None in holding:
        return "raw"
    return min((mask for mask in holding if mask), key=lambda mask: mask.rank).name


def _matches(rows: RowFilter, row: Mapping[str, Any], caller: Caller) -> bool:
    return any(all(_holds(term, row, caller) for term in terms) for terms in rows.any_of)


def _holds(term: GuardTerm, row: Mapping[str, Any], caller: Caller) -> bool:
    """A guard term as connectors/base.py describes it."""
    operand = term.operand
    if isinstance(operand, Claim):
        wanted = caller.claims.get(operand.name, ())
    else:
        assert isinstance(operand, Constant)
        wanted = operand.values
    values = [value for value in _walk(row, term.path) if value is not None]
    if term.operator == "equals":
        return any(value in wanted for value in values)
    return any(_inside(value, other) for value in values for other in wanted)


def _walk(value: Any, path: tuple[PathStep, ...]) -> list[Any]:
    if isinstance(value, list):
        return [found for item in value for found in _walk(item, path)]
    if value is None or not path:
        return [value]
    step, *rest = path
    following = value.get(step.field)
    if step.narrow and following is not None and following["__typename"] != step.narrow:
        return []
    return _walk(following, tuple(rest))


def _inside(value: str, other: str) -> bool:
    if not re.fullmatch(r"\d{6}", value) or not re.fullmatch(r"\d{6}", other):
        return False
    prefix = re.sub(r"(00)+$", "", other)
    return bool(prefix) and value.startswith(prefix)

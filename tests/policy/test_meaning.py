"""Corners of the policy's meaning, one sentence each."""

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from connectors.base import NO_ROW
from gateway.constraints import ALLOW, Constraints, Deny, LookupPermit, Needs, Permit, Reason
from gateway.policy import load_policy

SDL = """
interface Named { title: String @label(level: "high") }
type Person implements Named {
  id: ID! @label(level: "low")
  name: String @label(level: "low")
  title: String
  phone: String @label(level: "high", categories: ["personal"]) @from(sources: ["registry", "telecom"])
  secret: String @from(sources: ["vault"]) @label(level: "low")
  unlabelled: String
  home: Home @label(level: "low")
  about: Subject @label(level: "low")
}
type Home @label(level: "high") { id: ID! street: String @label(level: "low") }
type Note { id: ID! @label(level: "low") }
union Subject = Home | Note
type Query {
  person(id: ID!): Person
  named(id: ID!): Named
  count: Int
}
"""
SHARING = {"telecom": "conditional", "vault": "none"}
TODAY = date(2026, 11, 25)
TITLE = {"zh": "题", "en": "title"}
FILES: Mapping[str, Any] = {
    "labels.yaml": {"levels": ["low", "high"], "categories": {"personal": TITLE}},
    "masks.yaml": {
        "fixed": {"text": "***", "for": ["String"], "yields": {"level": "low"}},
        "ends": {"partial": {"keep_last": 1}, "for": ["String"], "yields": {"level": "low"}},
    },
    "purposes.yaml": {purpose: {**TITLE, "basis": "law"} for purpose in ("move", "other")},
    "roles.yaml": {
        "clerk": {"level": "low"},
        "head": {"level": "high"},
        "doctor": {"level": "low", "categories": ["personal"]},
        "chief": {"level": "high", "categories": ["personal"]},
    },
    "guards.yaml": {
        "self": {"on": {"Person": "id"}, "equals": "principal.person"},
        "named": {"on": {"Person": "name"}, "equals": "principal.name"},
    },
}


def _rule(
    *allow: Mapping[str, Any],
    roles: tuple[str, ...] = ("clerk",),
    rows: Mapping[str, Any] | None = None,
    **more: Any,
) -> dict[str, Any]:
    return {
        "title": TITLE,
        "owner": "office",
        "roles": list(roles),
        "purposes": ["move"],
        "rows": {"Person": "all", "Home": "reached", "Note": "reached", **(rows or {})},
        "allow": list(allow),
        **more,
    }


Decide = Callable[..., Constraints]


@pytest.fixture
def decide(supergraph_of: Any, write_policy: Any, tmp_path: Path) -> Decide:
    """Everything that the rules give to some roles that ask for `move`."""
    world = supergraph_of(SDL, sharing=SHARING)

    def decisions(
        *rules: Mapping[str, Any], roles: tuple[str, ...] = ("clerk",), **files: Any
    ) -> Constraints:
        named = {f"rules/r{number}.yaml": rule for number, rule in enumerate(rules)}
        extra = {f"{name}.yaml": content for name, content in files.items()}
        policy = load_policy(write_policy(tmp_path, {**FILES, **named, **extra}), world)
        types = ("Person", "Home", "Note")
        fields = frozenset((name, field) for name in types for field in world.types[name].fields)
        needs = Needs(
            fields,
            frozenset(types),
            frozenset({*(("Query", name) for name in ("person", "named", "count")), ("Mutation", "person")}),
        )
        return policy.decide(needs, frozenset(roles), "move", TODAY)

    return decisions


def test_a_wildcard_does_not_open_a_field_that_nobody_labelled(decide: Decide) -> None:
    constraints = decide(_rule({"read": ["Person.*"]}), roles=("clerk",))
    assert constraints.field("Person", "name") == ALLOW
    assert constraints.field("Person", "unlabelled") == Deny(Reason.LABEL)


def test_labels_of_types_and_interfaces_count_for_their_fields(decide: Decide) -> None:
    rule = _rule({"read": ["Person.*", "Home.*"]}, roles=("clerk", "head"))
    low, high = decide(rule, roles=("clerk",)), decide(rule, roles=("head",))
    for field in (("Person", "title"), ("Home", "id"), ("Home", "street")):
        assert low.field(*field) == Deny(Reason.CLEARANCE)
        assert high.field(*field) == ALLOW


def test_labels_in_files_raise_and_never_lower(decide: Decide) -> None:
    labels = {**FILES["labels.yaml"], "fields": {"Person.n*": {"level": "high"}, "Home.id": {"level": "low"}}}
    constraints = decide(_rule({"read": ["Person.*", "Home.*"]}), labels=labels)
    assert constraints.field("Person", "name") == Deny(Reason.CLEARANCE)
    assert constraints.field("Home", "id") == Deny(Reason.CLEARANCE)


@pytest.mark.parametrize("patterns", [("Home.street", "Home.*"), ("Home.*", "Home.street")])
def test_categories_of_several_labels_add_up(decide: Decide, patterns: tuple[str, str]) -> None:
    personal, plain = patterns
    fields = {personal: {"level": "low", "categories": ["personal"]}, plain: {"level": "low"}}
    rule = _rule({"read": ["Home.street"]}, roles=("head", "chief"))
    for labels in (
        {**FILES["labels.yaml"], "fields": fields},
        {**FILES["labels.yaml"], "fields": _turned(fields)},
    ):
        assert decide(rule, roles=("head",), labels=labels).field("Home", "street") == Deny(Reason.CLEARANCE)
        assert decide(rule, roles=("chief",), labels=labels).field("Home", "street") == ALLOW


def _turned(fields: Mapping[str, Any]) -> dict[str, Any]:
    return dict(reversed(list(fields.items())))


def test_declassifying_lowers(decide: Decide) -> None:
    labels = {
        **FILES["labels.yaml"],
        "declassify": {"Home.street": {"to": {"level": "low"}, "reason": TITLE}},
    }
    constraints = decide(_rule({"read": ["Home.*"]}), labels=labels)
    assert constraints.field("Home", "street") == ALLOW
    assert constraints.field("Home", "id") == Deny(Reason.CLEARANCE)


def test_clearances_of_two_roles_do_not_add_up(decide: Decide) -> None:
    labels = {
        **FILES["labels.yaml"],
        "fields": {"Person.name": {"level": "high", "categories": ["personal"]}},
    }
    rule = _rule({"read": ["Person.name"]}, roles=("head", "doctor", "chief"))
    both = decide(rule, roles=("head", "doctor"), labels=labels)
    assert both.field("Person", "name") == Deny(Reason.CLEARANCE)
    assert decide(rule, roles=("chief",), labels=labels).field("Person", "name") == ALLOW


def test_a_clearance_serves_only_the_rules_of_its_role(decide: Decide) -> None:
    rules = (_rule({"read": ["Home.street"]}), _rule({"read": ["Person.name"]}, roles=("head",)))
    constraints = decide(*rules, roles=("clerk", "head"))
    assert constraints.field("Home", "street") == Deny(Reason.CLEARANCE)


def test_a_source_that_does_not_share_freely_shares_nothing_yet(decide: Decide) -> None:
    constraints = decide(_rule({"read": ["Person.*"]}, roles=("chief",)), roles=("chief",))
    assert constraints.field("Person", "phone") == Deny(Reason.SHARING)
    assert constraints.field("Person", "secret") == Deny(Reason.SHARING)


def test_the_first_reason_that_applies_is_given(decide: Decide) -> None:
    rule = _rule({"read": ["Person.*"]}, deny=[{"read": ["Person.unlabelled", "Person.phone"]}])
    constraints = decide(rule, _rule({"read": ["Home.*"]}, roles=("head",)), roles=("clerk",))
    assert constraints.field("Person", "unlabelled") == Deny(Reason.LABEL)  # before deny
    assert constraints.field("Person", "phone") == Deny(Reason.DENY)  # before clearance and sharing
    assert constraints.field("Note", "id") == Deny(Reason.PURPOSE)  # nobody's, for this purpose
    assert constraints.field("Home", "id") == Deny(Reason.RULE)  # somebody else's; before clearance
    assert constraints.field("Person", "title") == Deny(Reason.CLEARANCE)


def test_a_reference_is_denied_when_nothing_that_it_leads_to_is_opened(decide: Decide) -> None:
    read = {"read": ["Person.home", "Person.about"]}
    closed = decide(_rule(read))
    assert closed.field("Person", "home") == Deny(Reason.RULE)
    assert closed.field("Person", "about") == Deny(Reason.RULE)
    assert closed.rows_of("Home") == NO_ROW
    opened = decide(_rule(read, {"read": ["Note.id"]}))
    assert opened.field("Person", "about") == ALLOW  # one of its two types
    assert opened.field("Person", "home") == Deny(Reason.RULE)


def test_a_denial_takes_the_right_it_names_and_read_takes_all(decide: Decide) -> None:
    rule = _rule({"read": ["Person.id", "Person.name"]})
    no_lookup = decide(rule, deny=[{"lookup": ["Person.id"]}])
    assert no_lookup.field("Person", "id") == ALLOW
    assert no_lookup.root("Query", "person") == Deny(Reason.DENY)
    no_use = decide(rule, deny=[{"use": ["Person.id"]}])
    assert isinstance(no_use.root("Query", "person"), LookupPermit)
    no_read = decide(
        _rule({"read": ["Person.name"]}, {"lookup": ["Person.id"]}), deny=[{"read": ["Person.id"]}]
    )
    assert no_read.root("Query", "person") == Deny(Reason.DENY)


@pytest.mark.parametrize(
    ("aim", "denied"),
    [
        ({}, True),
        ({"roles": ["clerk"]}, True),
        ({"roles": ["head"]}, False),
        ({"purposes": ["move"]}, True),
        ({"purposes": ["other"]}, False),
        ({"roles": ["clerk"], "purposes": ["other"]}, False),
        ({"roles": ["head", "clerk"], "purposes": ["other", "move"]}, True),
    ],
)
def test_a_denial_is_for_everybody_or_for_whom_it_names(
    decide: Decide, aim: Mapping[str, Any], denied: bool
) -> None:
    constraints = decide(_rule({"read": ["Person.name"]}), deny=[{"read": ["Person.name"], **aim}])
    assert (constraints.field("Person", "name") == Deny(Reason.DENY)) is denied


def test_a_rule_denies_even_after_it_has_ended(decide: Decide) -> None:
    ended = _rule({"read": ["Home.*"]}, valid={"until": "2026-01-01"}, deny=[{"read": ["Person.name"]}])
    constraints = decide(_rule({"read": ["Person.name"]}), ended)
    assert constraints.field("Person", "name") == Deny(Reason.DENY)
    assert constraints.field("Home", "street") == Deny(Reason.PURPOSE)


def test_a_masked_read_gives_no_lookup(decide: Decide) -> None:
    masks = {"ends": {"partial": {"keep_last": 1}, "for": ["ID"], "yields": {"level": "low"}}}
    constraints = decide(_rule({"read": ["Person.id"], "mask": "ends"}), masks=masks)
    assert constraints.root("Query", "person") == Deny(Reason.PURPOSE)


def test_a_lookup_needs_a_type_that_is_opened_by_more_than_references(decide: Decide) -> None:
    only_lookup = decide(_rule({"lookup": ["Person.id"]}))
    assert only_lookup.root("Query", "person") == Deny(Reason.RULE)
    reached = decide(_rule({"read": ["Person.id"]}, rows={"Person": "reached"}))
    assert reached.field("Person", "id") == ALLOW
    assert reached.root("Query", "person") == Deny(Reason.PURPOSE)


def test_a_lookup_finds_rows_that_are_visible_and_that_its_right_covers(decide: Decide) -> None:
    constraints = decide(
        _rule({"read": ["Person.name"]}, rows={"Person": ["named"]}),
        _rule({"lookup": ["Person.id"]}, rows={"Person": ["self"]}),
    )
    decision = constraints.root("Query", "person")
    assert isinstance(decision, LookupPermit)
    assert [[term.guard for term in terms] for terms in decision.rows.any_of] == [["named", "self"]]


@pytest.mark.parametrize("root", ["named", "count", "unknown"])
def test_a_root_field_that_is_no_lookup_of_a_concrete_type_is_denied(decide: Decide, root: str) -> None:
    assert isinstance(decide(_rule({"read": ["Person.*"]})).root("Query", root), Deny)


def test_a_mutation_that_is_called_like_a_lookup_is_none(decide: Decide) -> None:
    constraints = decide(_rule({"read": ["Person.*"]}))
    assert isinstance(constraints.root("Query", "person"), LookupPermit)
    assert constraints.root("Mutation", "person") == Deny(Reason.RULE)


NAME = {"read": ["Person.name"]}
FIXED = {"read": ["Person.name"], "mask": "fixed"}
ENDS = {"read": ["Person.name"], "mask": "ends"}
ID = {"read": ["Person.id"]}


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        # One rule: its own guards hold on each row that it shows.
        ([(NAME, ["self"])], ["always raw"]),
        ([(ENDS, ["self", "named"])], ["always ends"]),
        # Two rules show the rows, one gives the field.
        ([(NAME, ["self"]), (ID, ["named"])], ["self raw"]),
        ([(NAME, ["self"]), (ID, "all")], ["self raw"]),
        ([(NAME, ["self", "named"]), (ID, ["named"])], ["self raw"]),
        ([(NAME, "all"), (ID, ["named"])], ["always raw"]),
        # Both give it.
        ([(NAME, ["self"]), (NAME, ["named"])], ["always raw"]),
        ([(NAME, ["self"]), (ENDS, ["named"])], ["self raw", "always ends"]),
        ([(NAME, ["self"]), (ENDS, "all")], ["self raw", "always ends"]),
        ([(NAME, "all"), (ENDS, ["named"])], ["always raw"]),
        ([(FIXED, ["self"]), (ENDS, ["named"])], ["self fixed", "always ends"]),
        ([(FIXED, "all"), (ENDS, ["named"])], ["always fixed"]),
        ([(FIXED, ["self"]), (ENDS, ["named"]), (ID, "all")], ["self fixed", "named ends"]),
        ([(NAME, ["self"]), (NAME, ["self", "named"]), (ID, "all")], ["self raw"]),
    ],
)
def test_guards_that_visible_rows_satisfy_anyway_are_left_out(
    decide: Decide, rules: list[tuple[Mapping[str, Any], Any]], expected: list[str]
) -> None:
    roles = ("clerk", "head", "chief")
    constraints = decide(
        *(
            _rule(allow, roles=(role,), rows={"Person": rows})
            for role, (allow, rows) in zip(roles, rules, strict=False)
        ),
        roles=roles,
    )
    decision = constraints.field("Person", "name")
    assert isinstance(decision, Permit)
    assert [
        " ".join(
            (*(term.guard for term in candidate.guards), candidate.mask.name if candidate.mask else "raw")
            if candidate.guards
            else ("always", candidate.mask.name if candidate.mask else "raw")
        )
        for candidate in decision.candidates
    ] == expected

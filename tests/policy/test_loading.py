"""Policy folders that cannot be used: every mistake is found, with its place and a remedy."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from gateway.errors import ConfigurationError, Finding
from gateway.policy import load_policy
from gateway.supergraph.model import Supergraph

SDL = """
scalar Date
enum State { ACTIVE MOVED }
interface Named { title: String @label(level: "high") }
type Person implements Named {
  id: ID! @label(level: "low")
  name: String @label(level: "low", categories: ["personal"])
  title: String @label(level: "low")
  born: Date @label(level: "low")
  age: Int @label(level: "low")
  state: State @label(level: "low")
  home: Home @label(level: "low")
  notes(first: Int): [Note!] @label(level: "low")
  unlabelled: String
}
type Home { id: ID! @label(level: "low") members: [Person!] @label(level: "low") }
type Note { id: ID! @label(level: "low") about: Subject @label(level: "low") }
union Subject = Person | Home
type Query { person(id: ID!): Person }
"""
FILES: Mapping[str, str] = {
    "labels.yaml": """\
levels: [low, high]
categories:
  personal: {zh: 个人信息, en: personal information}
""",
    "masks.yaml": """\
fixed: {text: "***", for: [String], yields: {level: low}}
ends: {partial: {keep_first: 1, keep_last: 1}, for: [String, ID], yields: {level: low}}
year: {truncate: year, for: [Date], yields: {level: low}}
""",
    "purposes.yaml": "move: {zh: 迁移, en: Move, basis: duty}\n",
    "roles.yaml": "clerk: {level: high, categories: [personal]}\n",
    "guards.yaml": "self: {on: {Person: id, Note: about<Person>.id}, equals: principal.person}\n",
    "rules/move.yaml": """\
title: {zh: 迁移, en: Move}
owner: office
roles: [clerk]
purposes: [move]
rows:
  Person: [self]
  Home: all
allow:
  - read: [Person.id, Person.home, Home.id]
""",
}
RULE = "rules/move.yaml"
Loader = Callable[[Mapping[str, Any]], list[Finding]]


@pytest.fixture(scope="session")
def world(supergraph_of: Any) -> Supergraph:
    """A small world with an interface, a union, an argument and a field that nobody labelled."""
    supergraph: Supergraph = supergraph_of(SDL)
    return supergraph


@pytest.fixture
def findings(world: Supergraph, write_policy: Any, tmp_path: Path) -> Loader:
    """Loads the good folder with some files changed, and gives the findings."""

    def load(changes: Mapping[str, Any]) -> list[Finding]:
        directory = write_policy(tmp_path / "policy", {**FILES, **changes})
        try:
            load_policy(directory, world)
        except ConfigurationError as error:
            return list(error.findings)
        return []

    return load


def test_a_good_folder_has_no_findings(findings: Loader) -> None:
    assert findings({}) == []


def test_what_is_no_policy_file_is_left_alone(findings: Loader) -> None:
    assert (
        findings({"README.md": "x", ".labels.yaml.swp": "x", "rules/.hidden.yaml": "x", "rules/a.txt": ""})
        == []
    )
    assert findings({"deny.yaml": "", "masks.yaml": "# none\n"}) == []


def _rule(old: str, new: str) -> dict[str, str]:
    assert old in FILES[RULE]
    return {RULE: FILES[RULE].replace(old, new)}


def _allow(text: str) -> dict[str, str]:
    return {RULE: FILES[RULE] + text}


def _labels(text: str) -> dict[str, str]:
    return {"labels.yaml": FILES["labels.yaml"] + text}


def _masks(text: str) -> dict[str, str]:
    return {"masks.yaml": FILES["masks.yaml"] + text}


def _guards(text: str) -> dict[str, str]:
    return {"guards.yaml": FILES["guards.yaml"] + text}


REASON = "reason: {zh: 理由, en: reason}"
MISTAKES: list[tuple[dict[str, Any], str, str, str]] = [
    # fields and types
    (
        _rule("Person.id,", "Person.ide,"),
        "rules/move.yaml:9:12",
        "unknown field Person.ide",
        "did you mean id?",
    ),
    (_rule("Person.id,", "Persn.id,"), "rules/move.yaml:9:12", "unknown type Persn", "did you mean Person?"),
    (
        _rule("Person.id,", '"Person.x*",'),
        "rules/move.yaml:9:12",
        "no field matches Person.x*",
        "mend the pattern",
    ),
    (_rule("Person.id,", "Person,"), "rules/move.yaml:9:12", "Person names no field", "write `Type.field`"),
    (_rule("Person.id,", '"*.id",'), "rules/move.yaml:9:12", "*.id names no field", "write `Type.field`"),
    (_rule("Person.id,", "Person.名,"), "rules/move.yaml:9:12", "names no field", "write `Type.field`"),
    (
        _rule("Person.id,", "Named.title,"),
        "rules/move.yaml:9:12",
        "Named is an interface or union",
        "concrete",
    ),
    (_rule("Person.id,", "Query.person,"), "rules/move.yaml:9:12", "Query is a root type", "lookup"),
    (
        _rule("Person.id,", "Person.unlabelled,"),
        "rules/move.yaml:9:12",
        "Person.unlabelled has no label",
        "label it",
    ),
    (_rule("Person.id,", "Note.id,"), "rules/move.yaml:9:12", "rows does not name Note", "add `Note: all`"),
    (_rule("Home: all", "Hom: all"), "rules/move.yaml:7:3", "unknown type Hom", "did you mean Home?"),
    # rules
    (_rule("[clerk]", "[clark]"), "rules/move.yaml:3:9", "unknown role clark", "did you mean clerk?"),
    (_rule("[clerk]", "[]"), "rules/move.yaml:3:8", "roles is empty", "at least one"),
    (_rule("[clerk]", "clerk"), "rules/move.yaml:3:8", "roles must be a list", "[a, b]"),
    (_rule("[clerk]", "[[clerk]]"), "rules/move.yaml:3:9", "each of roles must be a text", "one value"),
    (_rule("[move]", "[moved]"), "rules/move.yaml:4:12", "unknown purpose moved", "did you mean move?"),
    (_rule("[self]", "[sef]"), "rules/move.yaml:6:12", "unknown guard sef", "did you mean self?"),
    (
        _rule("Home: all", "Home: [self]"),
        "rules/move.yaml:7:10",
        "says nothing about Home",
        "add `Home:` to `on`",
    ),
    (
        _rule("Home: all", "Home: most"),
        "rules/move.yaml:7:9",
        "unknown kind of rows most",
        "known are all, reached",
    ),
    (_rule("Home: all", "Home: {}"), "rules/move.yaml:7:9", "rows of Home must be a list", "[a, b]"),
    (
        _rule("title:", "titel:"),
        "rules/move.yaml:1:1",
        "unknown key of the rule titel",
        "did you mean title?",
    ),
    (
        _rule("title: {zh: 迁移, en: Move}\n", ""),
        "rules/move.yaml:1:1",
        "the rule lacks title",
        "add `title:`",
    ),
    (_rule("en: Move", "en: ''"), "rules/move.yaml:1:21", "en of title must be a text", "one value"),
    (_rule("owner: office", "owner: [office]"), "rules/move.yaml:2:8", "owner must be a text", "one value"),
    ({RULE: "- a\n"}, "rules/move.yaml:1:1", "the rule must be a mapping", "name: value"),
    (
        _allow("  - lookup: [Person.id]\n    read: [Person.id]\n"),
        "rules/move.yaml:10:5",
        "exactly one right",
        "one entry",
    ),
    (_allow("  - mask: fixed\n"), "rules/move.yaml:10:5", "exactly one right", "one entry"),
    (
        _allow("  - write: [Person.id]\n"),
        "rules/move.yaml:10:5",
        "unknown key of the entry write",
        "known are",
    ),
    (_allow("  - list: [Pearson]\n"), "rules/move.yaml:10:12", "unknown type Pearson", "Person?"),
    (_allow("  - list: [Note]\n"), "rules/move.yaml:10:12", "rows does not name Note", "add `Note:`"),
    (_allow("on_denied: reject\n"), "rules/move.yaml:10:1", "unknown key of the rule on_denied", "known are"),
    (_allow("valid: {from: 2026-02-30}\n"), "rules/move.yaml:10:15", "2026-02-30 is no day", "2026-01-31"),
    (_allow("valid: {from: 20260130}\n"), "rules/move.yaml:10:15", "20260130 is no day", "2026-01-31"),
    (_allow("valid: {from: [a]}\n"), "rules/move.yaml:10:15", "the day must be a text", "one value"),
    (
        _allow("valid: {from: 2026-01-01, until: 2026-01-01}\n"),
        "rules/move.yaml:10:8",
        "ends before it begins",
        "first day without it",
    ),
    (
        {RULE: FILES[RULE].replace("[self]", "reached") + "  - lookup: [Person.id]\n"},
        "rules/move.yaml:10:14",
        "rows of Person are only reached",
        "delete the lookup",
    ),
    # masks in rules
    (_allow("  - {read: [Person.name], mask: fix}\n"), "rules/move.yaml:10:33", "unknown mask fix", "fixed?"),
    (
        _allow("  - {read: [Person.name], mask: [a]}\n"),
        "rules/move.yaml:10:33",
        "mask must be a text",
        "one value",
    ),
    (
        _allow("  - {lookup: [Person.id], mask: ends}\n"),
        "rules/move.yaml:10:33",
        "only `read`",
        "delete the mask",
    ),
    (
        _allow("  - {read: [Person.born], mask: ends}\n"),
        "rules/move.yaml:10:13",
        "not for Date",
        "it is for ID, String",
    ),
    (_allow("  - {read: [Person.home], mask: ends}\n"), "rules/move.yaml:10:13", "not for Home", "it is for"),
    (
        _allow("  - {read: [Person.name], mask: ends}\n  - {read: [Person.name], mask: fixed}\n"),
        "rules/move.yaml:11:13",
        "clerk gets Person.name through the masks ends and fixed",
        "rules/move.yaml:10:13",
    ),
    # denials
    (
        _allow("deny:\n  - {read: [Person.nme]}\n"),
        "rules/move.yaml:11:13",
        "unknown field Person.nme",
        "name?",
    ),
    (
        _allow("deny:\n  - {list: [Person]}\n"),
        "rules/move.yaml:11:6",
        "unknown key of the entry list",
        "known are",
    ),
    (
        _allow("deny:\n  - {read: [Person.id], reason: no}\n"),
        "rules/move.yaml:11:33",
        "reason must be a mapping",
        "",
    ),
    ({"deny.yaml": "read: [Person.id]\n"}, "deny.yaml:1:1", "deny.yaml must be a list", "[a, b]"),
    (
        {"deny.yaml": "- {read: [Person.id], roles: [x]}\n"},
        "deny.yaml:1:31",
        "unknown role x",
        "known are clerk",
    ),
    (
        {"deny.yaml": "- {read: [Person.id], purposes: []}\n"},
        "deny.yaml:1:33",
        "purposes is empty",
        "at least one",
    ),
    ({"deny.yaml": "- [Person.id]\n"}, "deny.yaml:1:3", "the entry must be a mapping", "name: value"),
    # labels
    ({"labels.yaml": "levels: [low, high]\n"}, "labels.yaml:1:1", "labels.yaml lacks categories", "add"),
    (
        {"labels.yaml": FILES["labels.yaml"].replace("low, high", "low, high, low")},
        "labels.yaml:1:21",
        "the level low stands here twice",
        "delete one",
    ),
    (
        {"labels.yaml": FILES["labels.yaml"].replace("low, high", "low")},
        "labels.yaml:1:1",
        "Person.title is labelled `high` by the schema",
        "list this level",
    ),
    (
        _labels("fields: {Person.nme: {level: low}}\n"),
        "labels.yaml:4:10",
        "unknown field Person.nme",
        "name?",
    ),
    (_labels("fields: {Person.name: {level: lower}}\n"), "labels.yaml:4:31", "unknown level lower", "low?"),
    (
        _labels("fields: {Person.name: {}}\n"),
        "labels.yaml:4:23",
        "the label of Person.name lacks level",
        "add",
    ),
    (_labels("fields: {Person.name: {level: [low]}}\n"), "labels.yaml:4:31", "must be a text", "one value"),
    (
        _labels("fields: {Person.name: {level: low, categories: [x]}}\n"),
        "labels.yaml:4:49",
        "unknown category x",
        "known are personal",
    ),
    (
        _labels("fields: {Person.name: {level: low, categories: [[x]]}}\n"),
        "labels.yaml:4:49",
        "each category must be a text",
        "one value",
    ),
    (
        _labels(f'declassify: {{"Person.*": {{to: {{level: low}}, {REASON}}}}}\n'),
        "labels.yaml:4:14",
        "declassify takes no wildcard",
        "each field by itself",
    ),
    (
        _labels(f"declassify: {{Person.unlabelled: {{to: {{level: low}}, {REASON}}}}}\n"),
        "labels.yaml:4:14",
        "Person.unlabelled has no label to lower",
        "label it",
    ),
    (
        _labels(f"declassify: {{Person.id: {{to: {{level: high}}, {REASON}}}}}\n"),
        "labels.yaml:4:14",
        "the new label of Person.id is not below its label",
        "lower the level",
    ),
    (
        _labels(f"declassify: {{Person.id: {{to: {{level: low, categories: [personal]}}, {REASON}}}}}\n"),
        "labels.yaml:4:14",
        "the new label of Person.id is not below its label",
        "lower the level",
    ),
    (
        _labels("declassify: {Person.id: {to: {level: low}}}\n"),
        "labels.yaml:4:25",
        "lacks reason",
        "add `reason:`",
    ),
    (_labels(f"declassify: {{Person.id: {{{REASON}}}}}\n"), "labels.yaml:4:25", "lacks to", "add `to:`"),
    # masks
    (
        _masks("m: {for: [String], yields: {level: low}}\n"),
        "masks.yaml:4:1",
        "exactly one thing",
        "write one of text",
    ),
    (
        _masks("m: {text: x, truncate: year, for: [Date], yields: {level: low}}\n"),
        "masks.yaml:4:1",
        "exactly one",
        "",
    ),
    (_masks("m: {text: x, for: [String]}\n"), "masks.yaml:4:4", "mask m lacks yields", "add `yields:`"),
    (_masks("m: {text: x, yields: {level: low}}\n"), "masks.yaml:4:4", "mask m lacks for", "add `for:`"),
    (
        _masks("m: {text: [x], for: [String], yields: {level: low}}\n"),
        "masks.yaml:4:11",
        "must be a text",
        "",
    ),
    (
        _masks("m: {text: x, for: [Strin], yields: {level: low}}\n"),
        "masks.yaml:4:20",
        "unknown scalar Strin",
        "String?",
    ),
    (
        _masks("m: {text: x, for: [Int], yields: {level: low}}\n"),
        "masks.yaml:4:1",
        "cannot mask Int",
        "`for`",
    ),
    (
        _masks("m: {text: x, for: [Boolean], yields: {level: low}}\n"),
        "masks.yaml:4:1",
        "cannot mask Boolean",
        "`for`",
    ),
    (
        _masks("m: {truncate: year, for: [Int], yields: {level: low}}\n"),
        "masks.yaml:4:1",
        "cannot mask Int",
        "`for`",
    ),
    (
        _masks("m: {truncate: 20, for: [Int], yields: {level: low}}\n"),
        "masks.yaml:4:1",
        "numbers to 20",
        "power of ten",
    ),
    (
        _masks("m: {truncate: -1, for: [Int], yields: {level: low}}\n"),
        "masks.yaml:4:15",
        "none of year",
        "1000",
    ),
    (
        _masks("m: {truncate: [1], for: [Int], yields: {level: low}}\n"),
        "masks.yaml:4:15",
        "must be a text",
        "",
    ),
    (
        _masks("m: {bucket: [1, 1], for: [Int], yields: {level: low}}\n"),
        "masks.yaml:4:13",
        "ascending",
        "bucket: [",
    ),
    (
        _masks("m: {bucket: [a], for: [Int], yields: {level: low}}\n"),
        "masks.yaml:4:13",
        "ascending",
        "bucket: [",
    ),
    (
        _masks("m: {bucket: [inf], for: [Int], yields: {level: low}}\n"),
        "masks.yaml:4:13",
        "ascending",
        "bucket: [",
    ),
    (
        _masks("m: {bucket: [1], for: [String], yields: {level: low}}\n"),
        "masks.yaml:4:1",
        "cannot mask String",
        "`for`",
    ),
    (
        _masks("m: {partial: {keep_first: x}, for: [ID], yields: {level: low}}\n"),
        "masks.yaml:4:27",
        "whole number",
        "2",
    ),
    (
        _masks("m: {partial: {keep_first: []}, for: [ID], yields: {level: low}}\n"),
        "masks.yaml:4:27",
        "be a text",
        "",
    ),
    (
        _masks("m: {partial: {first: 2}, for: [ID], yields: {level: low}}\n"),
        "masks.yaml:4:15",
        "unknown key",
        "keep_first?",
    ),
    # purposes and roles
    (
        {"purposes.yaml": "move: {zh: 迁, en: M, basis: b, default_for: [clrk]}\n"},
        "purposes.yaml:1:46",
        "unknown role clrk",
        "clerk?",
    ),
    (
        {"purposes.yaml": "move: {zh: 迁, en: M, basis: b, on_denied: reject}\n"},
        "purposes.yaml:1:32",
        "on_denied is not supported yet",
        "delete it",
    ),
    ({"purposes.yaml": "move: {zh: 迁, en: M}\n"}, "purposes.yaml:1:7", "purpose move lacks basis", "add"),
    ({"roles.yaml": "clerk: {level: top}\n"}, "roles.yaml:1:16", "unknown level top", "known are high, low"),
    ({"roles.yaml": "clerk: high\n"}, "roles.yaml:1:8", "role clerk must be a mapping", "name: value"),
    # guards
    (
        _guards("g: {on: {Person: nme}, equals: principal.x}\n"),
        "guards.yaml:2:18",
        "unknown field Person.nme",
        "name?",
    ),
    (
        _guards("g: {on: {Persn: id}, equals: principal.x}\n"),
        "guards.yaml:2:10",
        "unknown type Persn",
        "Person?",
    ),
    (
        _guards("g: {on: {Person: [id]}, equals: principal.x}\n"),
        "guards.yaml:2:18",
        "path of guard g must be a text",
        "",
    ),
    (
        _guards("g: {on: {Person: home}, equals: principal.x}\n"),
        "guards.yaml:2:18",
        "ends in Home",
        "add a field",
    ),
    (
        _guards("g: {on: {Person: home.members}, equals: principal.x}\n"),
        "guards.yaml:2:18",
        "ends in Person",
        "",
    ),
    (
        _guards("g: {on: {Person: id.x}, equals: principal.x}\n"),
        "guards.yaml:2:18",
        "unknown field ID.x",
        "end at a value",
    ),
    (
        _guards("g: {on: {Person: age}, equals: principal.x}\n"),
        "guards.yaml:2:18",
        "ends in Int",
        "compare texts",
    ),
    (
        _guards("g: {on: {Person: notes.id}, equals: principal.x}\n"),
        "guards.yaml:2:18",
        "takes arguments",
        "another",
    ),
    (
        _guards("g: {on: {Note: about.id}, equals: principal.x}\n"),
        "guards.yaml:2:16",
        "unknown field Subject.id",
        "narrow",
    ),
    (
        _guards("g: {on: {Note: about<Note>.id}, equals: principal.x}\n"),
        "guards.yaml:2:16",
        "never a Note",
        "known are",
    ),
    (
        _guards("g: {on: {Person: home..id}, equals: principal.x}\n"),
        "guards.yaml:2:18",
        "is no path",
        "field<Type>",
    ),
    (
        _guards('g: {on: {Person: ""}, equals: principal.x}\n'),
        "guards.yaml:2:18",
        "path of guard g must be",
        "one value",
    ),
    (
        _guards(f"g: {{on: {{Person: {'home.members.' * 4}id}}, equals: principal.x}}\n"),
        "guards.yaml:2:18",
        "more than 8 steps",
        "shorter",
    ),
    (_guards("g: {on: {Person: id}}\n"), "guards.yaml:2:1", "must compare exactly once", "equals, within"),
    (
        _guards("g: {on: {Person: id}, equals: principal.x, within: principal.x}\n"),
        "guards.yaml:2:1",
        "exactly once",
        "",
    ),
    (_guards("g: {equals: principal.x}\n"), "guards.yaml:2:4", "guard g lacks on", "add `on:`"),
    (
        _guards("g: {on: {Person: born}, equals: principal.x, before: now}\n"),
        "guards.yaml:2:46",
        "before is not",
        "delete",
    ),
    (
        _guards("g: {on: {Person: id}, equals: x}\n"),
        "guards.yaml:2:31",
        "guard g compares with x",
        "principal.CLAIM",
    ),
    (_guards("g: {on: {Person: id}, equals: [x]}\n"), "guards.yaml:2:31", "must be a text", "one value"),
    (_guards("g: {on: {Person: id}, equals: {vaule: x}}\n"), "guards.yaml:2:32", "unknown key", "value?"),
    (_guards("g: {on: {Person: id}, equals: {value: []}}\n"), "guards.yaml:2:39", "is empty", "at least one"),
    (
        _guards('g: {on: {Person: id}, equals: {value: ""}}\n'),
        "guards.yaml:2:39",
        "must be a text",
        "one value",
    ),
    (
        _guards(f"g: {{on: {{Person: id}}, equals: {{value: [{', '.join(map(str, range(101)))}]}}}}\n"),
        "guards.yaml:2:39",
        "more than 100 values",
        "fewer",
    ),
    (
        _guards("g: {on: {Person: id}, within: {value: 33}}\n"),
        "guards.yaml:2:39",
        "no division code",
        "six digits",
    ),
    (
        _guards("g: {on: {Person: state}, equals: {value: ACTIV}}\n"),
        "guards.yaml:2:18",
        "State has no value ACTIV",
        "ACTIVE?",
    ),
    # files
    ({"grants.yaml": "[]"}, "grants.yaml", "not supported yet", "take it away"),
    ({"exchange.yaml": "[]"}, "exchange.yaml", "not supported yet", "take it away"),
    ({"tests/move.yaml": "cases: []"}, "tests", "not supported yet", "elsewhere"),
    ({"deny.yml": "[]"}, "deny.yml", "no part of a policy", "deny.yaml?"),
    ({"Deny.YAML": "[]"}, "Deny.YAML", "no part of a policy", ""),
    ({"rule/move.yaml": "{}"}, "rule", "no part of a policy", "rules?"),
    ({"rules/move.yml": "{}"}, "rules/move.yml", "no rule file", "rules/NAME.yaml"),
    ({"rules/more/move.yaml": "{}"}, "rules/more", "no rule file", "rules/NAME.yaml"),
    ({"rules/迁移.yaml": "{}"}, "rules/\\u8fc1\\u79fb.yaml", "no rule file", "ASCII"),
    ({RULE: "a: ["}, "rules/move.yaml:1:5", "no YAML", "syntax"),
    ({"roles.yaml": "a: ["}, "roles.yaml:1:5", "no YAML", "syntax"),
]


@pytest.mark.parametrize(("changes", "place", "message", "remedy"), MISTAKES)
def test_a_mistake_is_found_where_it_stands(
    findings: Loader, tmp_path: Path, changes: dict[str, Any], place: str, message: str, remedy: str
) -> None:
    start = f"POLICY {tmp_path / 'policy' / place} "
    found = findings(changes)
    at_place = [finding for finding in found if str(finding).startswith(start) and message in finding.message]
    assert len(at_place) == 1, [str(finding) for finding in found]
    assert remedy in at_place[0].remedy, str(at_place[0])
    assert "\n" not in str(at_place[0])


def test_all_mistakes_are_found_at_once(findings: Loader) -> None:
    found = findings(
        {
            **_rule("Person.id, Person.home", "Person.ide, Person.hom"),
            **_masks("m: {text: x, for: [Strin], yields: {level: low}}\n"),
            **_guards("g: {on: {Person: nme}, equals: principal.x}\n"),
            "rules/other.yaml": "a: [",
        }
    )
    places = [f"{Path(str(finding.file)).name}:{finding.line}" for finding in found]
    assert sorted(places) == ["guards.yaml:2", "masks.yaml:4", "move.yaml:9", "move.yaml:9", "other.yaml:1"]


def test_a_long_name_is_not_repeated_in_full(findings: Loader) -> None:
    (finding,) = findings(_rule("Person.id,", f"Person.{'x' * 5000},"))
    assert len(str(finding)) < 400


@pytest.mark.parametrize("name", ["labels.yaml", "purposes.yaml", "roles.yaml"])
def test_a_file_that_every_policy_needs_is_missed(
    world: Supergraph, write_policy: Any, tmp_path: Path, name: str
) -> None:
    write_policy(tmp_path, {key: content for key, content in FILES.items() if key != name})
    with pytest.raises(ConfigurationError, match=f"{name} is missing") as caught:
        load_policy(tmp_path, world)
    assert len(caught.value.findings) == 1


def test_a_folder_that_is_not_there_is_one_finding(world: Supergraph, tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read: No such file or directory") as caught:
        load_policy(tmp_path / "nowhere", world)
    assert len(caught.value.findings) == 1


def test_a_folder_with_too_many_files_is_refused(findings: Loader) -> None:
    (finding,) = findings({f"rules/r{number}.yaml": "" for number in range(501)})
    assert "more than 500 files" in finding.message

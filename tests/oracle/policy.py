"""What a policy means, cell by cell: slow, without an index or a cache, straight from the text.

It reads the policy's documents as plain data and asks, for one row and one field at a
time, each sentence of "Meaning" in turn. It shares nothing with the engine but the words.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

Document = Mapping[str, Any]  # a policy file as plain data; its shape is the policy language's
Row = Mapping[str, Any]  # an object of the raw graph: values, objects, lists of both, `__typename`


@dataclass(frozen=True)
class Ontology:
    """The types that the policy is about.

    `fields`: per type and field, the concrete types that it can lead to (none for a value).
    `labels`: per type and field, what the schema says. `lookups`: per root field, type and key.
    """

    fields: Mapping[str, Mapping[str, frozenset[str]]]
    labels: Mapping[tuple[str, str], tuple[str, frozenset[str]]]
    lookups: Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class Caller:
    """Who asks, for what, when, and what the token says of them."""

    roles: frozenset[str]
    purpose: str
    today: date
    claims: Mapping[str, tuple[str, ...]]


class Oracle:
    """Answers for one policy: `documents` by file name, rules under `rules/…`."""

    def __init__(self, documents: Mapping[str, Any], ontology: Ontology) -> None:
        self.ontology = ontology
        self.labels = documents["labels.yaml"]
        self.masks = documents["masks.yaml"]
        self.roles = documents["roles.yaml"]
        self.guards = documents["guards.yaml"]
        self.deny = documents["deny.yaml"]
        self.rules = [content for name, content in documents.items() if name.startswith("rules/")]

    # The questions that a test asks.

    def row_is_visible(self, caller: Caller, type_name: str, row: Row, by_reference: bool) -> bool:
        """Is there a rule that opens the type and whose guards are true on this row?"""
        return any(
            self.rule_rows_hold(caller, rule, type_name, row, by_reference)
            for rule in self.rules
            if self.rule_opens(caller, rule, type_name)
        )

    def static_reason(self, caller: Caller, type_name: str, field: str) -> str | None:
        """Why the field is denied whatever the data, or None."""
        reason = self.reason(caller, "read", type_name, field)
        if reason is not None:
            return reason
        targets = self.ontology.fields[type_name][field]
        if targets and not any(self.type_is_opened(caller, target) for target in targets):
            return "rule"
        return None

    def cell(self, caller: Caller, type_name: str, field: str, row: Row) -> str:
        """What a visible row shows of a field that is not denied: "raw", a mask's name, or "withheld"."""
        masks = set()
        for rule in self.rules:
            for allow in self.surviving(caller, rule, "read", type_name, field):
                if self.guards_hold(caller, rule, type_name, row):
                    masks.add(allow.get("mask", "raw"))
        if "raw" in masks:
            return "raw"
        return next((mask for mask in self.masks if mask in masks), "withheld")

    def lookup_reason(self, caller: Caller, root: str) -> str | None:
        """Why the root lookup is denied whatever the data, or None."""
        type_name, key = self.ontology.lookups[root]
        reason = self.reason(caller, "lookup", type_name, key)
        if reason is not None:
            return reason
        found_by_rows = any(
            rule["rows"].get(type_name) != "reached"
            for rule in self.rules
            if self.rule_opens(caller, rule, type_name)
        )
        return None if found_by_rows else "rule"

    def lookup_finds(self, caller: Caller, root: str, row: Row) -> bool:
        """Does the lookup find this row, when its key is given?"""
        type_name, key = self.ontology.lookups[root]
        right_holds = any(
            self.guards_hold(caller, rule, type_name, row)
            for rule in self.rules
            if self.surviving(caller, rule, "lookup", type_name, key)
        )
        return right_holds and self.row_is_visible(caller, type_name, row, by_reference=False)

    # 1. Label.

    def label(self, type_name: str, field: str) -> tuple[int, frozenset[str]] | None:
        lowered = self.labels.get("declassify", {}).get(f"{type_name}.{field}")
        if lowered is not None:
            return self.grade(lowered["to"])
        stated = []
        if (type_name, field) in self.ontology.labels:
            level, categories = self.ontology.labels[type_name, field]
            stated.append((self.labels["levels"].index(level), categories))
        for pattern, label in self.labels.get("fields", {}).items():
            if fnmatchcase(f"{type_name}.{field}", pattern):
                stated.append(self.grade(label))
        if not stated:
            return None
        return max(level for level, _ in stated), frozenset().union(*(each for _, each in stated))

    def grade(self, label: Document) -> tuple[int, frozenset[str]]:
        return self.labels["levels"].index(label["level"]), frozenset(label.get("categories", []))

    # 2. Deny.

    def denied(self, caller: Caller, right: str, type_name: str, field: str) -> bool:
        from_rules = [
            {**entry, "roles": rule["roles"], "purposes": rule["purposes"]}
            for rule in self.rules
            for entry in rule.get("deny", [])
        ]
        for entry in (*self.deny, *from_rules):
            aimed = ("roles" not in entry or set(entry["roles"]) & caller.roles) and (
                "purposes" not in entry or caller.purpose in entry["purposes"]
            )
            taken = [*entry.get("read", []), *entry.get(right, [])]
            if aimed and any(fnmatchcase(f"{type_name}.{field}", pattern) for pattern in taken):
                return True
        return False

    # 3. Candidates (4., sharing, is not varied here).

    def allows(self, rule: Document, right: str, type_name: str, field: str) -> list[Document]:
        """The rule's allows of a right; an unmasked read gives `lookup`, but no lookup finds reached rows."""
        if right == "lookup" and rule["rows"].get(type_name) == "reached":
            return []
        found = []
        for allow in rule["allow"]:
            named = list(allow.get(right, []))
            if right == "lookup" and "mask" not in allow:
                named += allow.get("read", [])
            if any(fnmatchcase(f"{type_name}.{field}", pattern) for pattern in named):
                found.append(allow)
        return found

    def is_valid(self, rule: Document, today: date) -> bool:
        valid = rule.get("valid", {})
        begins, ends = valid.get("from"), valid.get("until")
        return (begins is None or date.fromisoformat(begins) <= today) and (
            ends is None or today < date.fromisoformat(ends)
        )

    def covered(self, role: str, label: tuple[int, frozenset[str]]) -> bool:
        level, categories = self.grade(self.roles[role])
        return level >= label[0] and categories >= label[1]

    def surviving(
        self, caller: Caller, rule: Document, right: str, type_name: str, field: str
    ) -> list[Document]:
        label = self.label(type_name, field)
        if label is None or self.denied(caller, right, type_name, field):
            return []
        if not self.is_valid(rule, caller.today) or caller.purpose not in rule["purposes"]:
            return []
        mine = set(rule["roles"]) & caller.roles
        return [
            allow
            for allow in self.allows(rule, right, type_name, field)
            if any(self.covered(role, self.needed(allow, label)) for role in mine)
        ]

    def needed(self, allow: Document, label: tuple[int, frozenset[str]]) -> tuple[int, frozenset[str]]:
        return self.grade(self.masks[allow["mask"]]["yields"]) if "mask" in allow else label

    def reason(self, caller: Caller, right: str, type_name: str, field: str) -> str | None:
        """The first reason that applies, in the order of the text."""
        if self.label(type_name, field) is None:
            return "label"
        if self.denied(caller, right, type_name, field):
            return "deny"
        allowing = [
            rule
            for rule in self.rules
            if self.is_valid(rule, caller.today) and self.allows(rule, right, type_name, field)
        ]
        if not any(caller.purpose in rule["purposes"] for rule in allowing):
            return "purpose"
        if not any(
            caller.purpose in rule["purposes"] and set(rule["roles"]) & caller.roles for rule in allowing
        ):
            return "rule"
        if not any(self.surviving(caller, rule, right, type_name, field) for rule in self.rules):
            return "clearance"
        return None

    # 5. Rows.

    def rule_opens(self, caller: Caller, rule: Document, type_name: str) -> bool:
        return any(
            self.surviving(caller, rule, "read", type_name, field)
            for field in self.ontology.fields[type_name]
        )

    def type_is_opened(self, caller: Caller, type_name: str) -> bool:
        return any(self.rule_opens(caller, rule, type_name) for rule in self.rules)

    def rule_rows_hold(
        self, caller: Caller, rule: Document, type_name: str, row: Row, by_reference: bool
    ) -> bool:
        rows = rule["rows"][type_name]
        if rows == "reached":
            return by_reference
        return self.guards_hold(caller, rule, type_name, row)

    def guards_hold(self, caller: Caller, rule: Document, type_name: str, row: Row) -> bool:
        rows = rule["rows"][type_name]
        if rows in ("all", "reached"):
            return True
        return all(self.guard_holds(caller, self.guards[name], type_name, row) for name in rows)

    # 7. Unknown makes a guard false.

    def guard_holds(self, caller: Caller, guard: Document, type_name: str, row: Row) -> bool:
        values = [
            value for value in self.values_at(row, guard["on"][type_name].split(".")) if value is not None
        ]
        operator = "equals" if "equals" in guard else "within"
        stated = guard[operator]
        if isinstance(stated, str):
            wanted: Iterable[str] = caller.claims.get(stated.removeprefix("principal."), ())
        else:
            wanted = [stated["value"]] if isinstance(stated["value"], str) else stated["value"]
        test = self.equal if operator == "equals" else self.is_within
        return any(test(value, other) for value in values for other in wanted)

    def values_at(self, value: Any, path: list[str]) -> list[Any]:
        if isinstance(value, list):
            return [found for item in value for found in self.values_at(item, path)]
        if value is None or not path:
            return [value]
        field, _, narrow = path[0].rstrip(">").partition("<")
        following = value.get(field)
        if narrow:
            following = self.narrowed(following, narrow)
        return self.values_at(following, path[1:])

    def narrowed(self, value: Any, type_name: str) -> Any:
        if isinstance(value, list):
            return [self.narrowed(item, type_name) for item in value]
        return value if value is not None and value["__typename"] == type_name else None

    @staticmethod
    def equal(value: str, other: str) -> bool:
        return value == other

    @staticmethod
    def is_within(value: str, other: str) -> bool:
        if not re.fullmatch("[0-9]{6}", value) or not re.fullmatch("[0-9]{6}", other):
            return False
        for significant in (6, 4, 2):
            if other[significant:] == "0" * (6 - significant) and value[:significant] == other[:significant]:
                return True
        return False

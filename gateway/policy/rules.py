"""rules/*.yaml and deny.yaml: who may do what, for what, on which rows; and what nobody may."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gateway.policy.coordinates import Coordinates, is_pattern
from gateway.policy.documents import Node, Table, Text
from gateway.policy.guards import Guards
from gateway.policy.model import (
    Allow,
    Coordinate,
    Denial,
    Grade,
    MaskRule,
    Purpose,
    Right,
    Rows,
    Rule,
    Validity,
)
from gateway.policy.reading import Reader, shortened
from gateway.supergraph.model import Supergraph

_FIELD_RIGHTS: Final = (Right.READ, Right.LOOKUP, Right.USE)
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything that rules may name."""

    supergraph: Supergraph
    coordinates: Coordinates
    labels: Mapping[Coordinate, Grade]
    masks: Mapping[str, MaskRule]
    purposes: Mapping[str, Purpose]
    roles: Mapping[str, Grade]
    guards: Guards


def read_rule(file: str, node: Node, vocabulary: Vocabulary, reader: Reader) -> Rule:
    """One rule. What has a mistake is left out of it; the findings keep it from being used."""
    parts = reader.fields(
        node,
        "the rule",
        required=("title", "owner", "roles", "purposes", "rows", "allow"),
        optional=("valid", "deny"),
    )
    if "title" in parts:
        reader.bilingual(parts["title"], "title")
    if "owner" in parts:
        reader.text(parts["owner"], "owner")
    roles = reader.names(parts["roles"], "role", vocabulary.roles) if "roles" in parts else frozenset()
    purposes = (
        reader.names(parts["purposes"], "purpose", vocabulary.purposes)
        if "purposes" in parts
        else frozenset()
    )
    rows = _read_rows(parts["rows"], vocabulary, reader) if "rows" in parts else {}
    allows, lists = (
        _read_allows(parts["allow"], rows, vocabulary, reader) if "allow" in parts else ((), frozenset())
    )
    denials = (
        tuple(_read_rule_denials(parts["deny"], roles, purposes, vocabulary, reader))
        if "deny" in parts
        else ()
    )
    validity = _read_validity(parts["valid"], reader) if "valid" in parts else Validity()
    return Rule(file, roles, purposes, validity, rows, allows, denials, lists)


def read_denials(node: Node, vocabulary: Vocabulary, reader: Reader) -> tuple[Denial, ...]:
    """deny.yaml: denials for everybody, or for the roles and purposes that each names."""
    if isinstance(node, Table) and not node.entries:  # an empty file
        return ()
    denials: list[Denial] = []
    for item in reader.items(node, "deny.yaml"):
        parts = _right_parts(item, ("reason", "roles", "purposes"), reader)
        roles = reader.names(parts["roles"], "role", vocabulary.roles) if "roles" in parts else None
        purposes = (
            reader.names(parts["purposes"], "purpose", vocabulary.purposes) if "purposes" in parts else None
        )
        denials.extend(_denials(item, parts, roles, purposes, vocabulary, reader))
    return tuple(denials)


def _read_rows(node: Node, vocabulary: Vocabulary, reader: Reader) -> Mapping[str, Rows]:
    rows: dict[str, Rows] = {}
    for type_text, value in reader.entries(node, "rows"):
        if not vocabulary.coordinates.known_type(type_text, reader):
            continue
        if isinstance(value, Text):
            reader.known(value, "kind of rows", ("all", "reached"))
            rows[type_text.value] = Rows(reached=value.value == "reached")
        else:
            rows[type_text.value] = _read_guarded(type_text.value, value, vocabulary, reader)
    return rows


def _read_guarded(type_name: str, node: Node, vocabulary: Vocabulary, reader: Reader) -> Rows:
    terms = set()
    for text in reader.texts(node, f"rows of {type_name}"):
        if not reader.known(text, "guard", vocabulary.guards):
            continue
        term = vocabulary.guards[text.value].get(type_name)
        if term is None:
            remedy = f"add `{type_name}:` to `on` of the guard"
            reader.report(text.place, f"the guard {text.value} says nothing about {type_name}", remedy)
        else:
            terms.add(term)
    return Rows(guards=frozenset(terms))


def _read_allows(
    node: Node, rows: Mapping[str, Rows], vocabulary: Vocabulary, reader: Reader
) -> tuple[tuple[Allow, ...], frozenset[str]]:
    allows: dict[Allow, None] = {}  # in order, each once
    lists: set[str] = set()
    for item in reader.items(node, "allow"):
        parts = _right_parts(item, ("mask", "list"), reader)
        if "list" in parts:
            lists.update(_read_lists(parts["list"], rows, vocabulary, reader))
        mask = _read_mask(parts, vocabulary, reader)
        for right in _FIELD_RIGHTS:
            if right.value not in parts:
                continue
            for text in reader.texts(parts[right.value], right.value):
                for allow in _allows(right, text, mask, rows, vocabulary, reader):
                    allows[allow] = None
    return tuple(allows), frozenset(lists)


def _right_parts(item: Node, others: tuple[str, ...], reader: Reader) -> Mapping[str, Node]:
    """The parts of an entry of `allow` or `deny`, which gives or takes exactly one right."""
    rights = tuple(right.value for right in _FIELD_RIGHTS)
    parts = reader.fields(item, "the entry", optional=(*rights, *others))
    named = [name for name in parts if name in (*rights, Right.LIST.value)]
    if isinstance(item, Table) and len(named) != 1:
        reader.report(item.place, "the entry must name exactly one right", "begin one entry for each right")
    return parts


def _read_lists(
    node: Node, rows: Mapping[str, Rows], vocabulary: Vocabulary, reader: Reader
) -> Iterable[str]:
    for text in reader.texts(node, "list"):
        if vocabulary.coordinates.known_type(text, reader):
            if text.value not in rows:
                reader.report(
                    text.place, f"rows does not name {text.value}", f"add `{text.value}:` to `rows`"
                )
            elif rows[text.value].reached:
                message = f"rows of {text.value} are only reached, so a list holds none"
                reader.report(text.place, message, "give it rows by `all` or guards, or delete the list")
            yield text.value


def _read_mask(parts: Mapping[str, Node], vocabulary: Vocabulary, reader: Reader) -> MaskRule | None:
    if "mask" not in parts:
        return None
    name = reader.text(parts["mask"], "mask")
    if name is None or not reader.known(name, "mask", vocabulary.masks):
        return None
    if Right.READ.value not in parts:
        reader.report(name.place, "only `read` can be masked", "delete the mask")
    return vocabulary.masks[name.value]


def _allows(
    right: Right,
    text: Text,
    mask: MaskRule | None,
    rows: Mapping[str, Rows],
    vocabulary: Vocabulary,
    reader: Reader,
) -> Iterable[Allow]:
    for coordinate in sorted(vocabulary.coordinates.matching(text, reader)):
        type_name, field = coordinate
        if type_name not in rows:
            message = f"rows does not name {type_name}, which {shortened(text.value)} opens"
            reader.report(text.place, message, f"add `{type_name}: all`, `reached` or `[guards]` to `rows`")
            return
        if coordinate not in vocabulary.labels and not is_pattern(text):
            reader.report(text.place, f"{type_name}.{field} has no label", "label it in labels.yaml")
            continue
        if right is Right.LOOKUP and rows[type_name].reached:
            message = f"rows of {type_name} are only reached, so a lookup finds none"
            reader.report(text.place, message, "give it rows by `all` or guards, or delete the lookup")
            return
        if mask is not None:
            _check_masked(text, coordinate, mask, vocabulary, reader)
        yield Allow(
            right,
            coordinate,
            mask=mask.mask if mask else None,
            yields=mask.yields if mask else None,
            place=text.place,
        )


def _check_masked(
    text: Text, coordinate: Coordinate, mask: MaskRule, vocabulary: Vocabulary, reader: Reader
) -> None:
    value_type = vocabulary.supergraph.field(*coordinate).type.name
    if value_type not in mask.scalars:
        field = ".".join(coordinate)
        message = f"the mask {mask.mask.name} is not for {value_type}, the type of {field}"
        reader.report(text.place, message, f"it is for {', '.join(sorted(mask.scalars))}")


def _read_rule_denials(
    node: Node,
    roles: frozenset[str],
    purposes: frozenset[str],
    vocabulary: Vocabulary,
    reader: Reader,
) -> Iterable[Denial]:
    for item in reader.items(node, "deny"):
        parts = _right_parts(item, ("reason",), reader)
        yield from _denials(item, parts, roles, purposes, vocabulary, reader)


def _denials(
    item: Node,
    parts: Mapping[str, Node],
    roles: frozenset[str] | None,
    purposes: frozenset[str] | None,
    vocabulary: Vocabulary,
    reader: Reader,
) -> Iterable[Denial]:
    if "reason" in parts:
        reader.bilingual(parts["reason"], "reason")
    for right in _FIELD_RIGHTS:
        if right.value not in parts:
            continue
        for text in reader.texts(parts[right.value], right.value):
            for coordinate in sorted(vocabulary.coordinates.matching(text, reader)):
                yield Denial(right, coordinate, roles, purposes)


def _read_validity(node: Node, reader: Reader) -> Validity:
    parts = reader.fields(node, "valid", optional=("from", "until"))
    begins = _read_date(parts["from"], reader) if "from" in parts else None
    ends = _read_date(parts["until"], reader) if "until" in parts else None
    if begins is not None and ends is not None and begins >= ends:
        reader.report(node.place, "the rule ends before it begins", "`until` is the first day without it")
    return Validity(begins or date.min, ends or date.max)


def _read_date(node: Node, reader: Reader) -> date | None:
    text = reader.text(node, "the day")
    if text is None:
        return None
    try:
        if _DATE.fullmatch(text.value):
            return date.fromisoformat(text.value)
    except ValueError:
        pass
    reader.report(text.place, f"{shortened(text.value)} is no day", "write it like 2026-01-31")
    return None

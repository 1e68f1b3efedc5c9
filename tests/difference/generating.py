"""Random sources of one federated graph, by theme: what each theme makes likelier than usual."""

from collections.abc import Mapping

from tests.difference.abstract import add_interface, add_media, add_union, complete_interfaces
from tests.difference.choices import Choices
from tests.difference.draft import Draft
from tests.difference.entities import add_entity, add_value, nest_values
from tests.difference.inputs import add_provides, add_requires
from tests.difference.roots import add_mutations, add_references, add_roots
from tests.difference.varying import add_override, hide_field, vary_nullability

THEMES: Mapping[str, Mapping[str, int]] = {
    "keys": {"nested keys": 50, "composite keys": 50, "several keys": 70, "null keys": 5},
    "null keys": {"null keys": 90, "several keys": 70, "requires": 50},
    "interfaces": {"interface": 90, "abstract targets": 50, "requires": 60, "rich requires": 80, "provides": 50},
    "unions": {"union": 95, "abstract targets": 60, "other members": 50, "requires": 60, "provides": 60, "abstract provides": 80},
    "interface objects": {"media": 100, "requires": 40, "abstract targets": 50, "provides": 40, "union": 50},
    "requires": {
        "requires": 100, "rich requires": 80, "arguments": 40, "interface": 70, "union": 70, "abstract targets": 70
    },
    "requires fragments": {
        "requires": 100, "rich requires": 95, "interface": 70, "union": 90, "abstract targets": 85, "telling": 80
    },
    "requires chains": {"requires": 100, "chains": 80, "rich requires": 40, "union": 60, "abstract targets": 60},
    "provides": {"provides": 100, "abstract provides": 60, "telling": 70, "union": 70, "abstract targets": 60},
    "provides of abstract types": {
        "provides": 100, "abstract provides": 95, "interface": 70, "union": 90, "abstract targets": 85, "telling": 80
    },
    "overrides": {"override": 100, "inaccessible": 60, "requires": 50},
    "values and lists": {
        "deep lists": 50, "nested values": 100, "values": 100, "split values": 60,
        "shared roots": 70, "leaf lists": 30, "nullability": 60
    },
    "roots": {"shared roots": 90, "query below": 40, "mutation": 70},
    "broken promises": {"faults": 100, "requires": 0, "nullability": 0, "media": 0, "values": 90, "nested values": 90},
    "Federation 1": {"federation 1": 100, "media": 0, "requires": 60, "inaccessible": 0, "override": 10},
}  # fmt: skip
"""Chances in per cent that differ from the usual ones."""


def generate(choices: Choices) -> dict[str, str]:
    """The SDL of each source. Raises LookupError, rarely, when the choices lead nowhere."""
    names = ["a", "b", "c", "d"][: choices.one([2, 3, 3, 4])]
    draft = Draft({name: {} for name in names})
    if choices.chance(0, "federation 1"):
        draft.first = set(choices.some(names, 1, len(names)))
    for name in ["Ant", "Bee", "Cat", "Dog"][: choices.number(1, 4)]:
        add_entity(draft, choices, name)
    for name in ["Val", "Wal"][: choices.number(1, 2) if choices.chance(60, "values") else 0]:
        add_value(draft, choices, name)
    nest_values(draft, choices)
    if choices.chance(25, "media"):
        add_media(draft, choices)
    _abstract_types(draft, choices)
    add_references(draft, choices)
    add_roots(draft, choices)
    complete_interfaces(draft)
    if choices.chance(20, "mutation"):
        add_mutations(draft, choices)
    _differ(draft, choices)
    return draft.texts()


def _abstract_types(draft: Draft, choices: Choices) -> None:
    if choices.chance(35, "interface"):
        add_interface(draft, choices, "Named")
        if choices.chance(30, "interface"):
            add_interface(draft, choices, "Sized")
    if choices.chance(35, "union"):
        add_union(draft, choices, "Some")


def _differ(draft: Draft, choices: Choices) -> None:
    """What sources say of each other's fields."""
    for _ in range(choices.number(2, 5) if choices.chance(40, "requires") else 0):
        add_requires(draft, choices)
    for _ in range(choices.number(2, 5) if choices.chance(25, "provides") else 0):
        add_provides(draft, choices)
    if choices.chance(35, "override"):
        add_override(draft, choices)
    if choices.chance(15, "nullability"):
        vary_nullability(draft, choices)
    if choices.chance(15, "inaccessible"):
        hide_field(draft, choices)

"""labels.yaml: levels, categories, labels that raise and the only ways down; and the label of each field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gateway.policy.coordinates import Coordinates, is_pattern
from gateway.policy.documents import Node, Place, Text
from gateway.policy.model import Coordinate, Grade
from gateway.policy.reading import Reader, shortened
from gateway.supergraph.model import Label, Supergraph, Type

_NO_CATEGORY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels, lowest first, and the categories that labels and clearances are made of."""

    levels: tuple[str, ...]
    categories: frozenset[str]

    def grade(self, node: Node, what: str, reader: Reader) -> Grade | None:
        """`{level, categories}` as a grade, or None with findings."""
        parts = reader.fields(node, what, required=("level",), optional=("categories",))
        if "level" not in parts:
            return None
        level = reader.text(parts["level"], f"level of {what}")
        categories = _NO_CATEGORY
        if "categories" in parts:
            listed = reader.items(parts["categories"], f"categories of {what}")
            texts = [text for item in listed if (text := reader.text(item, "each category")) is not None]
            categories = frozenset(
                text.value for text in texts if reader.known(text, "category", self.categories)
            )
            if len(texts) < len(listed) or len(categories) < len({text.value for text in texts}):
                return None
        if level is None or not reader.known(level, "level", self.levels):
            return None
        return Grade(self.levels.index(level.value), categories)

    def of_schema(self, label: Label) -> Grade | None:
        """A label that a schema states, or None when it names a level or category that is not listed."""
        if label.level not in self.levels or not label.categories <= self.categories:
            return None
        return Grade(self.levels.index(label.level), label.categories)


@dataclass(frozen=True, slots=True)
class _Lowering:
    place: Place
    to: Grade


def read_labels(
    node: Node, supergraph: Supergraph, coordinates: Coordinates, reader: Reader
) -> tuple[Scale, Mapping[Coordinate, Grade]]:
    """The scale, and the label of every field that has one (POLICY.md, "Meaning", 1)."""
    parts = reader.fields(
        node, "labels.yaml", required=("levels", "categories"), optional=("fields", "declassify")
    )
    scale = _read_scale(parts, reader)
    labels = _schema_labels(supergraph, coordinates, scale, node.place, reader)
    if "fields" in parts:
        for coordinate, grade in _read_raised(parts["fields"], scale, coordinates, reader):
            labels[coordinate] = grade.joined(labels[coordinate]) if coordinate in labels else grade
    lowered = _read_lowered(parts["declassify"], scale, coordinates, reader) if "declassify" in parts else {}
    for coordinate, lowering in lowered.items():
        _lower(labels, coordinate, lowering, reader)
    return scale, labels


def _read_scale(parts: Mapping[str, Node], reader: Reader) -> Scale:
    levels = reader.texts(parts["levels"], "levels") if "levels" in parts else ()
    seen: set[str] = set()
    for level in levels:
        if level.value in seen:
            reader.report(level.place, f"the level {shortened(level.value)} stands here twice", "delete one")
        seen.add(level.value)
    categories = reader.entries(parts["categories"], "categories") if "categories" in parts else ()
    for key, title in categories:
        reader.bilingual(title, f"category {key.value}")
    return Scale(tuple(level.value for level in levels), frozenset(key.value for key, _ in categories))


def _schema_labels(
    supergraph: Supergraph, coordinates: Coordinates, scale: Scale, place: Place, reader: Reader
) -> dict[Coordinate, Grade]:
    """What the schema says: a field's own labels, its type's, and those of its interfaces."""
    interfaces = [type_ for type_ in supergraph.types.values() if type_.name not in type_.possible]
    labels: dict[Coordinate, Grade] = {}
    for type_name, field in sorted(coordinates.all()):
        for label in _stated(supergraph.types[type_name], field, interfaces):
            grade = scale.of_schema(label)
            if grade is None:
                stated = " ".join((label.level, *sorted(label.categories)))
                message = f"{type_name}.{field} is labelled `{shortened(stated)}` by the schema"
                reader.report(place, message, "list this level and these categories here, or mend the schema")
                continue
            known = labels.get((type_name, field), grade)
            labels[type_name, field] = known.joined(grade)
    return labels


def _stated(type_: Type, field: str, interfaces: Iterable[Type]) -> Iterable[Label]:
    yield from type_.labels
    yield from type_.fields[field].labels
    for interface in interfaces:
        if type_.name in interface.possible and field in interface.fields:
            yield from interface.labels
            yield from interface.fields[field].labels


def _read_raised(
    node: Node, scale: Scale, coordinates: Coordinates, reader: Reader
) -> Iterable[tuple[Coordinate, Grade]]:
    for name, label in reader.entries(node, "fields"):
        grade = scale.grade(label, f"the label of {name.value}", reader)
        for coordinate in sorted(coordinates.matching(name, reader)):
            if grade is not None:
                yield coordinate, grade


def _read_lowered(
    node: Node, scale: Scale, coordinates: Coordinates, reader: Reader
) -> Mapping[Coordinate, _Lowering]:
    lowered: dict[Coordinate, _Lowering] = {}
    for name, entry in reader.entries(node, "declassify"):
        parts = reader.fields(entry, f"declassify of {name.value}", required=("to", "reason"))
        if "reason" in parts:
            reader.bilingual(parts["reason"], f"reason of {name.value}")
        to = scale.grade(parts["to"], f"the new label of {name.value}", reader) if "to" in parts else None
        for coordinate in _exact(name, coordinates, reader):
            if to is not None:
                lowered[coordinate] = _Lowering(name.place, to)
    return lowered


def _exact(name: Text, coordinates: Coordinates, reader: Reader) -> frozenset[Coordinate]:
    if is_pattern(name):
        reader.report(name.place, "declassify takes no wildcard", "name each field by itself")
        return frozenset()
    return coordinates.matching(name, reader)


def _lower(
    labels: dict[Coordinate, Grade], coordinate: Coordinate, lowering: _Lowering, reader: Reader
) -> None:
    """Put the lower label in place of the one there is; anything but lower is a mistake."""
    label = labels.get(coordinate)
    field = ".".join(coordinate)
    if label is None:
        reader.report(lowering.place, f"{field} has no label to lower", "label it under `fields` first")
    elif not label.covers(lowering.to):
        message = f"the new label of {field} is not below its label"
        reader.report(
            lowering.place, message, "lower the level or leave categories out; raise under `fields`"
        )
    else:
        labels[coordinate] = lowering.to

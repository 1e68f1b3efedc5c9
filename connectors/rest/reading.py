"""From a service's answer to an entity, value by value; what cannot be understood is null, with a failure.

Reading also finds the references that need a call of their own (`Follow`).
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from connectors.base import FailureKind, Json, SourceFailure, Variables
from connectors.rest.layout import Content, Layout, Leaf, Nested, Part, Reference, TypeName
from connectors.rest.values import decode, value_at

Path = tuple[str, ...]
Object = dict[str, Json]


@dataclass(frozen=True, slots=True)
class Follow:
    """An object that is known by its key so far. `path`: where it stands, in response keys."""

    target: Object
    key: str
    layout: Layout
    path: Path


@dataclass(slots=True)
class Reading:
    """What the reading of one answer found."""

    variables: Variables
    follows: list[Follow] = field(default_factory=list)
    problems: dict[Path, SourceFailure] = field(default_factory=dict)

    def object(self, raw: Json, layout: Layout, path: Path) -> Object:
        """One object's selected fields. `raw` is a JSON object."""
        return {
            part.selection.response: self._field(raw, layout, part, (*path, part.selection.response))
            for part in layout.parts
            if part.selection.condition.holds(self.variables)
        }

    def nothing(self, layout: Layout) -> Object:
        """The selected fields of an object of which the source knows nothing more."""
        return {
            part.selection.response: layout.mapping.name if isinstance(part.content, TypeName) else None
            for part in layout.parts
            if part.selection.condition.holds(self.variables)
        }

    def fail(self, path: Path, failure: SourceFailure) -> None:
        """Take note that what stands at `path` could not be had."""
        self.problems.setdefault(path, failure)

    def _field(self, raw: Json, layout: Layout, part: Part, path: Path) -> Json:
        content = part.content
        if isinstance(content, TypeName):
            return layout.mapping.name
        try:
            value = value_at(raw, content.path)
        except ValueError as error:
            return self._wrong(path, str(error))
        return self._content(value, content, path)

    def _content(self, value: Json, content: Content, path: Path) -> Json:
        match content:
            case Leaf():
                return self._listed(
                    value, content.many, path, lambda item: decode(item, content.codes, content.type)
                )
            case Nested():
                return self._listed(value, content.many, path, lambda item: self._nested(item, content, path))
            case Reference():
                return self._listed(
                    value, content.many, path, lambda item: self._reference(item, content, path)
                )
        raise AssertionError("a type's name has no place in the answer")

    def _listed(self, value: Json, many: bool, path: Path, read: Callable[[Json], Json]) -> Json:
        """One value or each of a list, read; ValueError becomes a problem at `path`."""
        if value is None:
            return None
        if many and not isinstance(value, list):
            return self._wrong(path, "no list")
        items = []
        for item in value if many else [value]:
            try:
                items.append(read(item))
            except ValueError as error:
                items.append(self._wrong(path, str(error)))
        return items if many else items[0]

    def _nested(self, item: Json, content: Nested, path: Path) -> Json:
        if item is None:
            return None
        if not isinstance(item, dict):
            raise ValueError("no object")
        return self.object(item, content.inside, path)

    def _reference(self, item: Json, content: Reference, path: Path) -> Json:
        key = decode(item, content.codes, content.key_type)
        if key is None or key == "":  # legacy services write "" where there is nobody
            return None
        found: Object = {
            one.response: key if one.field == content.key_field else content.type_name
            for one in content.key_selections
            if one.condition.holds(self.variables)
        }
        if content.more is not None:
            self.follows.append(Follow(found, str(key), content.more, path))
        return found

    def _wrong(self, path: Path, what: str) -> Json:
        detail = f"{what} at {'.'.join(path)}"
        self.fail(path, SourceFailure(FailureKind.INVALID_RESPONSE, detail))
        return None

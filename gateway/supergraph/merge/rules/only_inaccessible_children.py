"""ONLY_INACCESSIBLE_CHILDREN: a visible type of which nothing is visible."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.model import MergedType
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.merge.visibility import place_of, visible_types
from gateway.supergraph.model import Kind

CODE = "ONLY_INACCESSIBLE_CHILDREN"
_WORDS = {Kind.ENUM: "values", Kind.UNION: "members", Kind.INPUT: "input fields"}


def check(merging: Merging) -> Iterator[Finding]:
    """A visible type keeps at least one field, value or member."""
    for type_ in visible_types(merging):
        hidden = _hidden_parts(merging, type_)
        if hidden and all(hidden):
            yield finding(
                CODE,
                f"{type_.name} is visible to clients, and all its {_WORDS.get(type_.kind, 'fields')} are @inaccessible",
                "mark the type @inaccessible too, or let clients see a part of it",
                place_of(type_.sources),
            )


def _hidden_parts(merging: Merging, type_: MergedType) -> list[bool]:
    types = merging.merged.types
    parts = [item.marks.inaccessible for item in type_.fields.values()]
    parts += [item.marks.inaccessible for item in type_.inputs.values()]
    parts += [item.marks.inaccessible for item in type_.values.values()]
    return parts + [types[name].marks.inaccessible for name in type_.members if name in types]

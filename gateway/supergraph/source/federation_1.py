"""Schemas of Federation 1 put into the words of Federation 2, as the specification's migration guide says.

Federation 1 marked the key fields of an extension external although it resolves them, let externals stand that
nothing uses, had keys on interfaces that meant nothing, and shared every field that several sources define.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graphql import FieldNode, InlineFragmentNode, SelectionNode, SelectionSetNode, print_ast

from gateway.errors import Finding
from gateway.supergraph.model import TYPENAME, Kind
from gateway.supergraph.source.mixed_versions import baseless_extensions
from gateway.supergraph.source.model import FieldSetText, SourceField, SourceSchema, SourceType
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.selections import FieldSetError, SourceTypes, parse_selections
from gateway.supergraph.source.specification import OLDEST
from gateway.supergraph.source.unknown_names import named_type
from gateway.supergraph.source.used_externals import used_externals

_REFERRED_TO = {"Mutation", "Subscription"}  # by the schema; the query type is never without fields


def upgrade(schemas: Sequence[SourceSchema], findings: list[Finding]) -> list[SourceSchema]:
    """The schemas in their order, those of version 1 in the words of Federation 2; others as they are.

    Findings: a type of which nothing is left but externals that nothing uses, and an extension of what nobody
    defines.
    """
    findings.extend(baseless_extensions(schemas))
    shapes = [SourceTypes(schema.types) for schema in schemas]
    return [
        schema
        if schema.federation >= OLDEST
        else _Upgrade(schema, own, [other for other in shapes if other is not own]).run(findings)
        for schema, own in zip(schemas, shapes, strict=True)
    ]


@dataclass(slots=True)
class _Upgrade:
    schema: SourceSchema
    shapes: SourceTypes
    others: Sequence[SourceTypes]

    def run(self, findings: list[Finding]) -> SourceSchema:
        report = Report(self.schema.source)
        types = {name: self._defined(found) for name, found in self.schema.types.items()}
        types = self._without_unused(types, report)
        types = self._without_resolved(types)
        types = {name: self._shared(found) for name, found in types.items()}
        findings.extend(report.told())
        return replace(self.schema, types=types)

    def _elsewhere(self, type_name: str) -> Iterable[SourceType]:
        return (other.by_name[type_name] for other in self.others if type_name in other.by_name)

    def _defined(self, found: SourceType) -> SourceType:
        """Extensions become definitions, which resolve their key fields. What stands on interfaces means nothing."""
        if found.kind is Kind.INTERFACE:
            plain = {
                name: replace(item, external=None, requires=None, provides=None)
                for name, item in found.fields.items()
            }
            return replace(found, keys=(), fields=plain, defined=True)
        if found.kind is not Kind.OBJECT or not found.extension:
            return found
        keys = self._keys(found)
        fields = {
            name: replace(item, external=None) if (found.name, name) in keys else item
            for name, item in found.fields.items()
        }
        return replace(found, fields=fields, defined=True)

    def _keys(self, found: SourceType) -> set[tuple[str, str]]:
        """The fields, as (type, field), of the keys of an extension; without any, of the others' first keys."""
        keys = [(self.shapes, key) for key in found.keys] or [
            (other, key)
            for other in self.others
            if found.name in other.by_name
            for key in other.by_name[found.name].keys[:1]
        ]
        return {named for shapes, key in keys for named in shapes.named(key.fields, found.name)}

    def _without_unused(self, types: Mapping[str, SourceType], report: Report) -> dict[str, SourceType]:
        """Externals that nothing uses go, and types of which nothing is left; unless fields of the source need them."""
        used = used_externals(SourceTypes(types))
        kept = {}
        emptied = []
        for name, found in types.items():
            fields = {
                field.name: field
                for field in found.fields.values()
                if field.external is None or (name, field.name) in used
            }
            if found.fields and not fields:
                emptied.append(found)
            else:
                kept[name] = replace(found, fields=fields)
        needed = _referred_to(types.values()) | _REFERRED_TO if emptied else set()
        for found in emptied:
            if found.name in needed:
                report.add("TYPE_WITH_ONLY_UNUSED_EXTERNAL",
                           f"{found.name} has nothing but external fields, which no @key, @requires or @provides uses",
                           f"take {found.name} out, or use one of its fields", found.marks.place)  # fmt: skip
                kept[found.name] = found
        return kept

    def _without_resolved(self, types: Mapping[str, SourceType]) -> dict[str, SourceType]:
        """`@requires` and `@provides` name what the source does not resolve; the rest of them goes."""
        shapes = SourceTypes(types)
        upgraded = {}
        for name, found in types.items():
            fields = dict(found.fields)
            for field in found.fields.values():
                if field.requires or field.provides:
                    fields[field.name] = replace(
                        field,
                        requires=_external_part(field.requires, name, shapes),
                        provides=self._provided(field, shapes),
                    )
            upgraded[name] = replace(found, fields=fields)
        return upgraded

    def _provided(self, field: SourceField, shapes: SourceTypes) -> FieldSetText | None:
        returned = shapes.returned(field)
        return None if returned is None else _external_part(field.provides, returned.name, shapes)

    def _shared(self, found: SourceType) -> SourceType:
        if found.kind is not Kind.OBJECT:
            return found
        return replace(
            found, fields={name: self._shared_field(found.name, item) for name, item in found.fields.items()}
        )

    def _shared_field(self, type_name: str, field: SourceField) -> SourceField:
        """Shared when another source has the field too; an external one loses the tags that the others give it."""
        others = [
            found.fields[field.name] for found in self._elsewhere(type_name) if field.name in found.fields
        ]
        if field.external is None:
            return replace(field, shareable=field.shareable or (bool(others) and type_name != "Subscription"))
        told = {tag for other in others for tag in other.marks.tags}
        left = tuple(tag for tag in field.marks.tags if tag not in told)
        return replace(field, marks=replace(field.marks, tags=left))


def _referred_to(types: Iterable[SourceType]) -> set[str]:
    """The types that fields and unions name."""
    names: set[str] = set()
    for found in types:
        names |= {named_type(field.type).name.value for field in found.fields.values()}
        names |= set(found.members)
    return names


def _external_part(given: FieldSetText | None, type_name: str, shapes: SourceTypes) -> FieldSetText | None:
    """The field set without what the source resolves itself; None when nothing is left, as it was when it is wrong."""
    if given is None or given.misfit is not None or type_name not in shapes.by_name:
        return given
    try:
        shapes.chosen(given, type_name)
        selections = parse_selections(given.text)
    except FieldSetError:
        return given
    kept = _kept(selections, shapes.by_name[type_name], shapes)
    if len(kept) == len(selections.selections) and all(
        one is other for one, other in zip(kept, selections.selections, strict=True)
    ):
        return given
    return replace(given, text=" ".join(print_ast(node) for node in kept)) if kept else None


def _kept(selections: SelectionSetNode, owner: SourceType, shapes: SourceTypes) -> list[SelectionNode]:
    kept: list[SelectionNode] = []
    for node in selections.selections:
        if isinstance(node, InlineFragmentNode):
            narrowed = shapes.by_name[node.type_condition.name.value] if node.type_condition else owner
            inner = _kept(node.selection_set, narrowed, shapes)
            kept += _with_selections(node, inner)
        elif isinstance(node, FieldNode) and node.name.value != TYPENAME:
            field = owner.fields[node.name.value]
            if _is_external(owner, field, shapes):
                kept.append(node)
            elif node.selection_set is not None and (returned := shapes.returned(field)) is not None:
                kept += _with_selections(node, _kept(node.selection_set, returned, shapes))
    return kept


def _with_selections(node: FieldNode | InlineFragmentNode, inner: list[SelectionNode]) -> list[SelectionNode]:
    """The node with `inner` below it; itself when that is all it had, nothing when that is nothing."""
    before = node.selection_set.selections if node.selection_set else ()
    if not inner:
        return []
    if len(inner) == len(before) and all(one is other for one, other in zip(inner, before, strict=True)):
        return [node]
    parts = {name: getattr(node, name) for name in node.keys if name not in ("loc", "selection_set")}
    return [type(node)(**parts, selection_set=SelectionSetNode(selections=tuple(inner)))]


def _is_external(owner: SourceType, field: SourceField, shapes: SourceTypes) -> bool:
    """True also for a field of an interface that is external in one of its implementations."""
    if field.external is not None:
        return True
    found = (item.fields.get(field.name) for item in shapes.implementers(owner.name))
    return owner.kind is Kind.INTERFACE and any(
        item is not None and item.external is not None for item in found
    )

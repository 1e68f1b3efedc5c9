"""Field sets of one source, checked against its types: which fields a key, `@requires` or `@provides` names.

Unlike `gateway.supergraph.field_sets`, which reads what composition has passed, this says what is wrong with one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    parse,
    print_ast,
)

from gateway.supergraph.model import TYPENAME, Kind
from gateway.supergraph.source.literals import fits
from gateway.supergraph.source.model import FieldSetText, SourceField, SourceType
from gateway.supergraph.source.unknown_names import named_type

COMPOSITES = frozenset({Kind.OBJECT, Kind.INTERFACE, Kind.UNION})

_MAX_TOKENS = 1_000
_MAX_DEPTH = 16
_MAX_FIELDS = 1_000
_MAX_NAMED = 100_000
_SHOWN = 80


class FieldSetError(ValueError):
    """What is wrong with a field set. `what`: the end of the code, such as INVALID_FIELDS."""

    def __init__(self, message: str, what: str = "INVALID_FIELDS") -> None:
        super().__init__(message)
        self.what = what


@dataclass(frozen=True, slots=True)
class Chosen:
    """One field of a field set. `field` is None for `__typename`.

    `above`: the fields that lie around it, outermost first. `leaf`: nothing is selected below it.
    """

    owner: SourceType
    name: str
    field: SourceField | None
    node: FieldNode
    above: tuple[SourceField, ...]
    leaf: bool

    def __str__(self) -> str:
        return f"{self.owner.name}.{self.name}"

    @property
    def is_external(self) -> bool:
        """True when the source does not resolve the field itself, or a field around it."""
        own = self.field is not None and self.field.external is not None
        return own or any(field.external is not None for field in self.above)


@dataclass(slots=True)
class SourceTypes:
    """The types of one source, with what checking asks of them again and again."""

    by_name: Mapping[str, SourceType]
    _implementers: dict[str, list[SourceType]] = field(default_factory=dict)
    _possible: dict[str, frozenset[str]] = field(default_factory=dict)
    _chosen: dict[tuple[str, str], tuple[Sequence[Chosen], FieldSetError | None]] = field(
        default_factory=dict
    )
    _named: int = 0
    _parsed: dict[str, SelectionSetNode] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for found in self.by_name.values():
            for name in found.interfaces:
                self._implementers.setdefault(name, []).append(found)

    def implementers(self, name: str) -> list[SourceType]:
        """The object types and interfaces that implement the interface `name`."""
        return self._implementers.get(name, [])

    def possible(self, name: str) -> frozenset[str]:
        """The object types that a value of type `name` can have."""
        known = self._possible.get(name)
        if known is None:
            known = self._possible[name] = frozenset(self._objects(name))
        return known

    def _objects(self, name: str) -> Iterable[str]:
        found = self.by_name.get(name)
        if found is None or found.kind not in COMPOSITES:
            return ()
        if found.kind is Kind.OBJECT:
            return (name,)
        if found.kind is Kind.UNION:
            return found.members
        return (item.name for item in self.implementers(name) if item.kind is Kind.OBJECT)

    def returned(self, item: SourceField) -> SourceType | None:
        """The composite type that a field returns; None for scalars and enums."""
        found = self.by_name.get(named_type(item.type).name.value)
        return found if found is not None and found.kind in COMPOSITES else None

    def chosen(self, given: FieldSetText, type_name: str) -> Sequence[Chosen]:
        """Every field that a field set on `type_name` names, outer ones first. Raises FieldSetError."""
        found, wrong = self._chosen_once(given, type_name)
        if wrong is not None:
            raise wrong
        return found

    def chosen_before(self, given: FieldSetText, type_name: str) -> Sequence[Chosen]:
        """Every field that a field set names, up to what is wrong with it."""
        return self._chosen_once(given, type_name)[0]

    def named(self, given: FieldSetText, type_name: str) -> set[tuple[str, str]]:
        """The fields, as (type, field), that a field set names up to one that does not exist.

        Directives, aliases, wrong arguments and fragments that nothing fits are passed over: rules of their own tell them, and that the
        field is not used would be no news.
        """
        found: set[tuple[str, str]] = set()
        with suppress(FieldSetError):  # field_set_fits tells it
            self._name(self._selections(given.text), self.by_name[type_name], found, 1)
        return found

    def _name(
        self, selections: SelectionSetNode, owner: SourceType, found: set[tuple[str, str]], depth: int
    ) -> None:
        if depth > _MAX_DEPTH:
            raise FieldSetError(f"it is nested deeper than {_MAX_DEPTH} levels")
        for node in selections.selections:
            if isinstance(node, InlineFragmentNode):
                condition = node.type_condition.name.value if node.type_condition else owner.name
                if condition in self.by_name:
                    self._name(node.selection_set, self.by_name[condition], found, depth + 1)
            elif isinstance(node, FieldNode) and node.name.value != TYPENAME:
                field = owner.fields.get(node.name.value)
                if field is None:
                    raise FieldSetError(f"{owner.name} has no field {node.name.value[:_SHOWN]}")
                found.add((owner.name, field.name))
                returned = self.returned(field)
                if returned is not None and node.selection_set is not None:
                    self._name(node.selection_set, returned, found, depth + 1)

    def _chosen_once(
        self, given: FieldSetText, type_name: str
    ) -> tuple[Sequence[Chosen], FieldSetError | None]:
        known = self._chosen.get((given.text, type_name))
        if known is None:
            known = self._chosen[given.text, type_name] = self._choose(given, type_name)
        return known

    def _choose(self, given: FieldSetText, type_name: str) -> tuple[Sequence[Chosen], FieldSetError | None]:
        found: list[Chosen] = []
        try:
            if self._named > _MAX_NAMED:
                raise FieldSetError(f"all field sets of the source name more than {_MAX_NAMED} fields")
            for item in self._walk(self._selections(given.text), self.by_name[type_name], (), 1):
                found.append(item)
                self._named += 1
                if len(found) > _MAX_FIELDS:
                    raise FieldSetError(f"more than {_MAX_FIELDS} fields are named")
        except FieldSetError as error:
            return found, error
        return found, None

    def _selections(self, text: str) -> SelectionSetNode:
        known = self._parsed.get(text)
        if known is None:
            known = self._parsed[text] = parse_selections(text)
        return known

    def _walk(
        self, selections: SelectionSetNode, owner: SourceType, above: tuple[SourceField, ...], depth: int
    ) -> Iterator[Chosen]:
        if depth > _MAX_DEPTH:
            raise FieldSetError(f"it is nested deeper than {_MAX_DEPTH} levels")
        if not selections.selections:  # which the parser lets pass
            raise FieldSetError("it names no field")
        for node in selections.selections:
            _check_plain(node)
            if isinstance(node, FieldNode):
                yield from self._field(node, owner, above, depth)
            elif isinstance(node, InlineFragmentNode):
                yield from self._walk(node.selection_set, self._narrowed(node, owner), above, depth + 1)

    def _narrowed(self, node: InlineFragmentNode, owner: SourceType) -> SourceType:
        if node.type_condition is None:
            return owner
        name = node.type_condition.name.value
        found = self.by_name.get(name)
        if found is None or found.kind not in COMPOSITES:
            raise FieldSetError(f"{name[:_SHOWN]} is no type that has fields")
        # Below an interface or union a fragment that nothing fits selects nothing, which does no harm.
        if owner.kind is Kind.OBJECT and owner.name not in self.possible(name):
            raise FieldSetError(f"nothing of type {owner.name} can be a {name}")
        return found

    def _field(
        self, node: FieldNode, owner: SourceType, above: tuple[SourceField, ...], depth: int
    ) -> Iterator[Chosen]:
        name = node.name.value
        if name == TYPENAME:
            yield Chosen(owner, name, None, node, above, leaf=True)
            return
        found = owner.fields.get(name)
        if found is None:
            raise FieldSetError(f"{owner.name} has no field {name[:_SHOWN]} in this source")
        _check_arguments(node, owner, found, self.by_name)
        returned = self.returned(found)
        yield Chosen(owner, name, found, node, above, leaf=node.selection_set is None)
        if returned is None and node.selection_set is not None:
            raise FieldSetError(f"{owner.name}.{name} has no fields of its own, and some are selected")
        if returned is not None and node.selection_set is None:
            raise FieldSetError(f"of {owner.name}.{name}, which is a {returned.name}, no fields are selected")
        if returned is not None and node.selection_set is not None:
            around = self._around_others(owner, found)
            yield from self._walk(node.selection_set, returned, (*above, around), depth + 1)

    def _around_others(self, owner: SourceType, found: SourceField) -> SourceField:
        """A field as it stands around others: that of an interface is external where one of its implementations is."""
        if owner.kind is Kind.INTERFACE and found.external is None:
            own = (item.fields.get(found.name) for item in self.implementers(owner.name))
            external = next((field.external for field in own if field is not None and field.external), None)
            return replace(found, external=external)
        return found


def parse_selections(text: str) -> SelectionSetNode:
    """The selections of a field set, also of one written with braces of its own. Raises FieldSetError."""
    bare = text.strip(" \t\r\n,\ufeff")
    try:
        document = parse(
            bare if bare.startswith("{") else "{" + bare + "}", no_location=True, max_tokens=_MAX_TOKENS
        )
    except GraphQLError as error:
        raise FieldSetError(f"it does not parse: {error.message}"[:300]) from None
    except RecursionError:
        raise FieldSetError(f"it is nested deeper than {_MAX_DEPTH} levels") from None
    definition = document.definitions[0]
    if len(document.definitions) != 1 or not isinstance(definition, OperationDefinitionNode):
        raise FieldSetError("it is not one set of fields")
    return definition.selection_set


def _check_plain(node: SelectionNode) -> None:
    if node.directives:
        raise FieldSetError(
            f"the directive @{node.directives[0].name.value} stands in it", "DIRECTIVE_IN_FIELDS_ARG"
        )
    if isinstance(node, FragmentSpreadNode):
        raise FieldSetError(f"it names the fragment {node.name.value[:_SHOWN]}, which nothing defines")
    if isinstance(node, FieldNode) and node.alias:
        raise FieldSetError(f"it gives {node.name.value[:_SHOWN]} an alias")


def _check_arguments(
    node: FieldNode, owner: SourceType, found: SourceField, types: Mapping[str, SourceType]
) -> None:
    given = {item.name.value: item.value for item in node.arguments or ()}
    where = f"{owner.name}.{found.name}"
    for name, value in given.items():
        argument = found.arguments.get(name)
        if argument is None:
            raise FieldSetError(f"{where} has no argument {name[:_SHOWN]}")
        if "$" in print_ast(value):
            raise FieldSetError(f"a variable is given to {where}")
        if not fits(value, argument.type, types):
            raise FieldSetError(f"the argument {name} of {where} is no {print_ast(argument.type)}")
    for argument in found.arguments.values():
        required = isinstance(argument.type, NonNullTypeNode) and argument.default is None
        if required and argument.name not in given:
            raise FieldSetError(f"{where} needs the argument {argument.name}")

"""Inputs: field sets of keys and `@requires` as hidden wants, and as fields of representations."""

from collections.abc import Iterable
from itertools import count

from graphql import parse_value, value_from_ast_untyped

from connectors.base import InputField, Json
from gateway.operation.model import Argument
from gateway.planning.raw_keys import RawKeys
from gateway.planning.wants import ABSTRACT, Want, Wants
from gateway.supergraph.model import TYPENAME, FieldSet, KeyField, Supergraph

_TYPENAME_INPUT = InputField(TYPENAME)


class InputBook:
    """Turns field sets into wants and inputs. `constants` fills with the values of arguments inside them."""

    def __init__(self, supergraph: Supergraph, taken: frozenset[str], keys: RawKeys) -> None:
        self.supergraph = supergraph
        self.keys = keys
        self.constants: dict[str, Json] = {}
        self._slots: dict[str, str] = {}
        self._free_names = (name for name in map("c{}".format, count()) if name not in taken)
        self._wants: dict[tuple[FieldSet, frozenset[str]], Wants] = {}

    def wants(self, fields: FieldSet, types: frozenset[str]) -> Wants:
        """What must be fetched at an object of one of `types`; the same value for the same question."""
        key = (fields, types)
        if key not in self._wants:
            self._wants[key] = self._make_wants(fields, types)
        return self._wants[key]

    def _make_wants(self, fields: FieldSet, types: frozenset[str]) -> Wants:
        wants = Wants()
        for part, narrowed, targets in self._parts(fields, types):
            arguments = self._arguments(part)
            children = self._children(part, narrowed, targets) if part.children else Wants()
            for want in wants.on(narrowed, part.name, self.keys.of(part.name, arguments), arguments):
                want.targets |= targets if part.children else frozenset()
                for child in children:
                    _join(want.children, child)
        return wants

    def _children(self, part: KeyField, types: frozenset[str], targets: frozenset[str]) -> Wants:
        children = self._make_wants(part.children, targets)
        if self._is_abstract(part, types):
            children.on(targets, TYPENAME)
        return children

    def inputs(self, fields: FieldSet, types: frozenset[str], nullable: bool) -> tuple[InputField, ...]:
        """The fields of a representation for objects of `types`."""
        return join_inputs(
            InputField(
                field=part.name,
                children=self._child_inputs(part, narrowed, targets, nullable),
                raw=self.keys.of(part.name, self._arguments(part)),
                types=None if narrowed == types else narrowed,
                nullable=nullable,
            )
            for part, narrowed, targets in self._parts(fields, types)
        )

    def _child_inputs(
        self, part: KeyField, types: frozenset[str], targets: frozenset[str], nullable: bool
    ) -> tuple[InputField, ...]:
        if not part.children:
            return ()
        inner = self.inputs(part.children, targets, nullable)
        return (_TYPENAME_INPUT, *inner) if self._is_abstract(part, types) else inner

    def _is_abstract(self, part: KeyField, types: frozenset[str]) -> bool:
        """Whether a source tells by `__typename` what an object in a representation is."""
        returned = {self.supergraph.returned(name, part.name).name for name in types}
        return any(self.supergraph.types[name].kind in ABSTRACT for name in returned)

    def _parts(
        self, fields: FieldSet, types: frozenset[str]
    ) -> Iterable[tuple[KeyField, frozenset[str], frozenset[str]]]:
        """The fields that apply, on which types, and the concrete types they lead to."""
        for part in fields:
            narrowed = types if part.on is None else types & self.supergraph.possible(part.on)
            if narrowed and part.name != TYPENAME:
                returned = {self.supergraph.returned(name, part.name).name for name in narrowed}
                yield part, narrowed, frozenset().union(*map(self.supergraph.possible, returned))

    def _arguments(self, part: KeyField) -> tuple[Argument, ...]:
        return tuple(Argument(name, self._slot(literal)) for name, literal in sorted(part.arguments))

    def _slot(self, literal: str) -> str:
        if literal not in self._slots:
            self._slots[literal] = next(self._free_names)
            self.constants[self._slots[literal]] = value_from_ast_untyped(parse_value(literal))
        return self._slots[literal]


def _join(wants: Wants, more: Want) -> None:
    for want in wants.on(more.types, more.field, more.raw, more.arguments):
        want.targets |= more.targets
        for child in more.children:
            _join(want.children, child)


def join_inputs(inputs: Iterable[InputField]) -> tuple[InputField, ...]:
    """One input for each field and set of types, with the children of all that were given."""
    found: dict[tuple[str, str, frozenset[str] | None], InputField] = {}
    for item in inputs:
        key = (item.field, item.raw, item.types)
        known = found.get(key)
        if known is not None:
            children = join_inputs((*known.children, *item.children))
            item = InputField(item.field, children, item.raw, item.types, known.nullable and item.nullable)
        found[key] = item
    return tuple(found.values())


def conflict(inputs: Iterable[InputField]) -> bool:
    """Whether one field would have to carry two values: the same name from different keys of the answer tree."""
    raws: dict[str, set[str]] = {}
    children: dict[str, list[InputField]] = {}
    for item in inputs:
        raws.setdefault(item.field, set()).add(item.raw)
        children.setdefault(item.field, []).extend(item.children)
    return any(len(names) > 1 for names in raws.values()) or any(map(conflict, children.values()))

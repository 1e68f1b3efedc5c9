"""From a layout to the document that is sent: one operation, every value a variable."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from graphql import (
    DirectiveLocation,
    GraphQLArgument,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    is_required_argument,
)

from connectors.base import ALWAYS, Argument, Condition, Directive, FetchKind, FetchSpec
from connectors.graphql.directives import Applied, Directives
from connectors.graphql.layout import ENTITY, TYPENAME, Layout, Part

REPRESENTATIONS: Final = "representations"
_NAME: Final = re.compile(r"[_A-Za-z][_0-9A-Za-z]*")
_INDENT: Final = "  "


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable of the document. `source`: the request's variable whose value it takes."""

    name: str
    type: str
    source: str


@dataclass(frozen=True, slots=True)
class Document:
    """What is sent, and the variables that each request fills in (representations apart)."""

    text: str
    variables: tuple[Variable, ...]


def print_document(layout: Layout, spec: FetchSpec, operation: str, schema: GraphQLSchema) -> Document:
    """Print a fetch. `operation`: query or mutation."""
    printer = _Printer(schema)
    entities = spec.kind is FetchKind.ENTITIES
    lines = _entity_lines(printer, layout) if entities else list(printer.selections(layout, 1))
    applied = printer.applied(printer.directives.known(spec.directives, DirectiveLocation[operation.upper()]))
    declared = [f"${REPRESENTATIONS}: [_Any!]!"] if entities else []
    declared += [f"${variable.name}: {variable.type}" for variable in printer.variables.values()]
    head = (f"{operation} ({', '.join(declared)})" if declared else operation) + applied
    return Document("\n".join([f"{head} {{", *lines, "}"]), tuple(printer.variables.values()))


def _entity_lines(printer: "_Printer", layout: Layout) -> list[str]:
    """`_entities`: one type's selections stand in its fragment; those of several bring fragments of their own."""
    opening = f"{_INDENT}_entities({REPRESENTATIONS}: ${REPRESENTATIONS}) {{"
    if layout.parent.name == ENTITY:
        return [opening, *printer.selections(layout, 2), f"{_INDENT}}}"]
    fragment = f"{_INDENT * 2}... on {layout.parent.name} {{"
    return [opening, fragment, *printer.selections(layout, 3), f"{_INDENT * 2}}}", f"{_INDENT}}}"]


class _Printer:
    def __init__(self, schema: GraphQLSchema) -> None:
        self.schema = schema
        self.directives = Directives(schema)
        self.variables: dict[tuple[str, str], Variable] = {}

    def selections(self, layout: Layout, depth: int) -> Iterator[str]:
        """The lines of one selection set; never none."""
        indent = _INDENT * depth
        parts = [part for part in layout.parts if part.selection.condition.any_of]
        if layout.static is None or not parts:
            yield f"{indent}{TYPENAME}"
            parts = [part for part in parts if part.alias != TYPENAME]
        for part in parts:
            if not part.fragments:
                yield from self._field(part, layout.parent.name, depth)
        for name in sorted({name for part in parts for name in part.fragments}):
            yield f"{indent}... on {name} {{"
            for part in parts:
                if name in part.fragments:
                    yield from self._field(part, name, depth + 1)
            yield f"{indent}}}"

    def _field(self, part: Part, owner: str, depth: int) -> Iterator[str]:
        """A field of a type; again for each directive that cannot stand beside others, which changes no answer."""
        selection = part.selection
        alias = "" if part.alias == selection.field else f"{part.alias}: "
        called = self._called(selection.arguments, self._defined(owner, selection.field))
        head = f"{alias}{selection.field}{called}"
        first, *others = self.directives.arranged(selection.directives)
        condition = self._condition(selection.condition)
        inside = () if part.inside is None else self.selections(part.inside, depth + 1 + len(first.around))
        yield from self._applied_field(f"{head}{condition}", first, inside, depth)
        for other in others:
            outer, narrowed = ([], condition) if other.condition == ALWAYS else self._exact(other.condition)
            within = depth + 1 + len(outer) + len(other.around)
            again = () if part.inside is None else (f"{_INDENT * within}{TYPENAME}",)
            yield from self._applied_field(f"{head}{narrowed}", other, again, depth, outer)

    def _applied_field(
        self, head: str, applied: Applied, inside: Iterable[str], depth: int, outer: Sequence[str] = ()
    ) -> Iterator[str]:
        """One field node, inside fragments for the directives that stand around it; `outer`: for others yet."""
        around = [*outer, *(self.applied((one,)) for one in applied.around)]
        for one in around:
            yield f"{_INDENT * depth}...{one} {{"
            depth += 1
        line = f"{_INDENT * depth}{head}{self.applied(applied.own)}"
        lines = list(inside)
        yield from [f"{line} {{", *lines, f"{_INDENT * depth}}}"] if lines else [line]
        for _ in around:
            depth -= 1
            yield f"{_INDENT * depth}}}"

    def applied(self, directives: Iterable[Directive]) -> str:
        """Directives as they are applied."""
        return "".join(
            f" @{one.name}{self._called(one.arguments, self.directives.arguments(one.name))}"
            for one in directives
        )

    def _defined(self, owner: str, field: str) -> Mapping[str, GraphQLArgument]:
        kind = self.schema.type_map[owner]
        known = kind.fields.get(field) if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType) else None
        return known.args if known else {}

    def _called(self, arguments: Iterable[Argument], defined: Mapping[str, GraphQLArgument]) -> str:
        said = ", ".join(
            f"{one.name}: {self._use(one.variable, _declared(one, defined))}" for one in arguments
        )
        return f"({said})" if said else ""

    def _condition(self, condition: Condition) -> str:
        """The directives that say the same, where two can; else the field is always asked."""
        if condition == ALWAYS or len(condition.any_of) != 1:
            return ""
        terms = sorted(next(iter(condition.any_of)))
        if len({wanted for _, wanted in terms}) != len(terms):
            return ""
        return "".join(self._term(*term) for term in terms)

    def _exact(self, condition: Condition) -> tuple[list[str], str]:
        """Where one directive stands in the text, as directives on fragments around its field and on the field.

        A field would be asked in vain where it is asked too often; a directive would do what nobody wants.
        """
        own: dict[bool, str] = {}
        around = []
        for name, wanted in sorted(next(iter(condition.any_of))):
            term = self._term(name, wanted)
            if own.setdefault(wanted, term) != term:
                around.append(term)
        return around, "".join(own.values())

    def _term(self, name: str, wanted: bool) -> str:
        return f" @{'include' if wanted else 'skip'}(if: {self._use(name, 'Boolean!')})"

    def _use(self, source: str, kind: str) -> str:
        """A variable of the document for a variable of the request, of the type that is wanted here."""
        known = self.variables.get((source, kind))
        if known is None:
            known = Variable(self._free_name(source), kind, source)
            self.variables[source, kind] = known
        return f"${known.name}"

    def _free_name(self, source: str) -> str:
        taken = {REPRESENTATIONS, *(variable.name for variable in self.variables.values())}
        base = source if _NAME.fullmatch(source) else "v"
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}_{number}"
        return name


def _declared(argument: Argument, defined: Mapping[str, GraphQLArgument]) -> str:
    """The type of a variable; it may be left out where the source has a default value to take instead."""
    known = defined.get(argument.name)
    optional = known is not None and not is_required_argument(known)
    return argument.type.removesuffix("!") if optional else argument.type

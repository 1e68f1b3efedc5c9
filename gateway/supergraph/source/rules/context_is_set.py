"""CONTEXT_NOT_SET: an argument that takes its value from a context, where none can give it one."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.model import Kind
from gateway.supergraph.source.contexts import Taker, setters, takers
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.selections import SourceTypes
from gateway.supergraph.source.usages import finding

CODE = "CONTEXT_NOT_SET"
_TAKE_OFF = "take @fromContext off"


def check(schema: SourceSchema, types: SourceTypes) -> Iterator[Finding]:
    """Find `@fromContext` where it must not stand, and contexts that no type of the source sets."""
    for name, given in schema.arguments.items():
        for argument in given.values():
            if argument.from_context:
                yield finding(schema, CODE, f"@{name}({argument.name}:) takes its value from a context, which only"
                              " arguments of fields do", _TAKE_OFF, argument.from_context.place)  # fmt: skip
    setting = setters(schema.types)
    for taker in takers(schema.types):
        for message, remedy in _misplaced(taker, types):
            yield finding(schema, CODE, f"{taker} {message}", remedy, taker.given.place)
        unset = taker.given.selection and taker.given.context not in setting
        if unset and taker.owner.kind is Kind.OBJECT:
            yield finding(
                schema,
                CODE,
                f"{taker} takes its value from the context {taker.given.context[:80]}, which no type of this source sets",
                f'write @context(name: "{taker.given.context[:80]}") on a type above {taker.owner.name} in this source',
                taker.given.place,
            )


def _misplaced(taker: Taker, types: SourceTypes) -> Iterator[tuple[str, str]]:
    if taker.owner.kind is not Kind.OBJECT:
        yield "takes its value from a context, and interfaces promise arguments to whoever asks", _TAKE_OFF
        return
    for name in taker.owner.interfaces:
        interface = types.by_name.get(name)
        if interface is not None and taker.field.name in interface.fields:
            yield (
                f"takes its value from a context, and {name}.{taker.field.name} may be asked in its place",
                (f"take @fromContext off, or the field out of {name}"),
            )
    if taker.argument.default is not None:
        yield "takes its value from a context, and has a default beside", "take the default out"

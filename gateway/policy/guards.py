"""guards.yaml: named conditions on rows, each a path per type, an operator and what to compare with."""

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from graphql import GraphQLEnumType

from connectors.base import Claim, Constant, GuardTerm, Operator, PathStep
from gateway.policy.coordinates import Coordinates
from gateway.policy.documents import Node, Table, Text
from gateway.policy.reading import Reader, shortened, suggestion
from gateway.supergraph.model import Kind, Supergraph

Guards: TypeAlias = Mapping[str, Mapping[str, GuardTerm]]
"""Per guard and concrete type, the term that the guard means there."""

_OPERATORS: Final[tuple[Operator, ...]] = ("equals", "within")
_LATER: Final = ("before", "after", "present")
_STEP: Final = re.compile(r"(?P<field>[A-Za-z_][A-Za-z0-9_]*)(?:<(?P<narrow>[A-Za-z_][A-Za-z0-9_]*)>)?")
_CLAIM: Final = re.compile(r"principal\.(?P<name>[A-Za-z_][A-Za-z0-9_]*)")
_DIVISION: Final = re.compile(r"[0-9]{6}")
_MAX_STEPS: Final = 8
_MAX_VALUES: Final = 100
_NOT_COMPARED: Final = frozenset({"Boolean", "Int", "Float"})  # guards compare texts


def read_guards(node: Node, supergraph: Supergraph, coordinates: Coordinates, reader: Reader) -> Guards:
    """The guards by name; one with a mistake keeps its name and the types that are right."""
    guards: dict[str, Mapping[str, GuardTerm]] = {}
    for key, entry in reader.entries(node, "guards.yaml"):
        what = f"guard {shortened(key.value)}"
        parts = reader.fields(entry, what, required=("on",), optional=_OPERATORS, later=_LATER)
        operators = [operator for operator in _OPERATORS if operator in parts]
        guards[key.value] = {}
        if len(operators) != 1:
            reader.report(
                key.place, f"{what} must compare exactly once", f"write one of {', '.join(_OPERATORS)}"
            )
            continue
        operand = _read_operand(parts[operators[0]], operators[0], what, reader)
        if operand is not None and "on" in parts:
            paths = _read_paths(parts["on"], what, supergraph, coordinates, operand, reader)
            guards[key.value] = {
                type_name: GuardTerm(key.value, path, operators[0], operand) for type_name, path in paths
            }
    return guards


def _read_operand(node: Node, operator: Operator, what: str, reader: Reader) -> Claim | Constant | None:
    if isinstance(node, Table):
        value = reader.fields(node, f"{operator} of {what}", required=("value",)).get("value")
        return None if value is None else _read_constant(value, operator, what, reader)
    text = reader.text(node, f"{operator} of {what}")
    if text is None:
        return None
    match = _CLAIM.fullmatch(text.value)
    if match is None:
        message = f"{what} compares with {shortened(text.value)}"
        reader.report(text.place, message, "write `principal.CLAIM` or `{value: TEXT}`")
        return None
    return Claim(match["name"])


def _read_constant(node: Node, operator: Operator, what: str, reader: Reader) -> Constant | None:
    one = reader.text(node, f"value of {what}") if isinstance(node, Text) else None
    texts = reader.texts(node, f"values of {what}") if not isinstance(node, Text) else (one,) if one else ()
    if not texts:
        return None
    if len(texts) > _MAX_VALUES:
        reader.report(node.place, f"{what} has more than {_MAX_VALUES} values", "use fewer")
        return None
    for text in texts:
        if operator == "within" and not _DIVISION.fullmatch(text.value):
            reader.report(text.place, f"{what} compares with no division code", "write six digits")
            return None
    return Constant(tuple(text.value for text in texts))


def _read_paths(
    node: Node,
    what: str,
    supergraph: Supergraph,
    coordinates: Coordinates,
    operand: Claim | Constant,
    reader: Reader,
) -> Iterable[tuple[str, tuple[PathStep, ...]]]:
    for type_text, path_node in reader.entries(node, f"on of {what}"):
        path_text = reader.text(path_node, f"path of {what}")
        if path_text is None or not coordinates.known_type(type_text, reader):
            continue
        try:
            path, end = _walk(supergraph, type_text.value, path_text.value)
            _check_constant(supergraph, end, operand)
        except _Wrong as wrong:
            reader.report(path_text.place, wrong.message, wrong.remedy)
        else:
            yield type_text.value, path


class _Wrong(Exception):
    """A path that leads nowhere: what is wrong, and how to mend it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


def _walk(supergraph: Supergraph, type_name: str, path: str) -> tuple[tuple[PathStep, ...], str]:
    """The steps of `path` from a type, and the scalar or enumeration at its end. Raises _Wrong."""
    pieces = path.split(".")
    if len(pieces) > _MAX_STEPS:
        raise _Wrong(f"the path has more than {_MAX_STEPS} steps", "take a shorter one")
    steps: list[PathStep] = []
    for piece in pieces:
        match = _STEP.fullmatch(piece)
        if match is None:
            raise _Wrong(f"{shortened(path)} is no path", "write `field.field<Type>.field`")
        step = PathStep(match["field"], match["narrow"])
        type_name = _after(supergraph, type_name, step)
        steps.append(step)
    end = supergraph.types.get(type_name)
    if end is not None and end.kind not in (Kind.SCALAR, Kind.ENUM):
        raise _Wrong(f"the path ends in {type_name}, which is no value", "add a field of it")
    if type_name in _NOT_COMPARED:
        raise _Wrong(f"the path ends in {type_name}", "guards compare texts; take another field")
    return tuple(steps), type_name


def _after(supergraph: Supergraph, type_name: str, step: PathStep) -> str:
    """The type to which one step leads. Raises _Wrong."""
    type_ = supergraph.types.get(type_name)
    fields = type_.fields if type_ is not None else {}
    field = fields.get(step.field)
    if field is None:
        remedy = suggestion(step.field, list(fields)) if fields else "narrow a union, end at a value"
        raise _Wrong(f"unknown field {type_name}.{shortened(step.field)}", remedy)
    if any(said.arguments for said in field.sources.values()):
        raise _Wrong(f"{type_name}.{step.field} takes arguments", "take another path")
    if step.narrow is None:
        return field.type.name
    target = supergraph.types.get(field.type.name)
    possible = sorted(target.possible) if target is not None else []
    if step.narrow not in possible:
        raise _Wrong(
            f"{field.type.name} is never a {shortened(step.narrow)}", suggestion(step.narrow, possible)
        )
    return step.narrow


def _check_constant(supergraph: Supergraph, type_name: str, operand: Claim | Constant) -> None:
    """A constant that an enumeration does not have would make the guard silently false. Raises _Wrong."""
    enum = supergraph.schema.type_map.get(type_name)
    if isinstance(enum, GraphQLEnumType) and isinstance(operand, Constant):
        for value in operand.values:
            if value not in enum.values:
                raise _Wrong(
                    f"{type_name} has no value {shortened(value)}", suggestion(value, list(enum.values))
                )

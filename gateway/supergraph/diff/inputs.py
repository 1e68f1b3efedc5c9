"""Changes of what clients give: arguments and input fields, their types and defaults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from graphql import (
    GraphQLArgument,
    GraphQLInputField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLType,
    is_required_argument,
    is_required_input_field,
    print_ast,
)
from graphql.utilities.sort_value_node import sort_value_node

from gateway.supergraph.diff.marks import described, moved_deprecation
from gateway.supergraph.diff.model import Change, Severity

Input: TypeAlias = GraphQLArgument | GraphQLInputField


@dataclass(frozen=True, slots=True)
class Words:
    """How changes of arguments are called, and those of input fields. `optional`: what one more may do."""

    removed: str
    required_added: str
    optional_added: str
    optional: Severity
    changed: str
    changed_safely: str
    default_changed: str
    default_added: str


_ARGUMENT: Final = (
    "ARG_CHANGED_KIND",
    "ARG_CHANGED_KIND_SAFE",
    "ARG_DEFAULT_VALUE_CHANGE",
    "ARG_DEFAULT_VALUE_ADDED",
)
OF_FIELDS: Final = Words(
    "ARG_REMOVED", "REQUIRED_ARG_ADDED", "OPTIONAL_ARG_ADDED", Severity.DANGEROUS, *_ARGUMENT
)
OF_DIRECTIVES: Final = Words(
    "DIRECTIVE_ARG_REMOVED",
    "REQUIRED_DIRECTIVE_ARG_ADDED",
    "OPTIONAL_DIRECTIVE_ARG_ADDED",
    Severity.SAFE,
    *_ARGUMENT,
)
OF_INPUTS: Final = Words(
    "FIELD_REMOVED", "REQUIRED_INPUT_FIELD_ADDED", "OPTIONAL_INPUT_FIELD_ADDED", Severity.DANGEROUS,
    "FIELD_CHANGED_KIND", "FIELD_CHANGED_KIND_SAFE",
    "INPUT_FIELD_DEFAULT_VALUE_CHANGE", "INPUT_FIELD_DEFAULT_VALUE_ADDED",
)  # fmt: skip


def compare_inputs(
    old: Mapping[str, Input], new: Mapping[str, Input], coordinate: str, words: Words
) -> Iterator[Change]:
    """Changes of arguments or input fields by name. `coordinate`: with `{}` in the place of the name."""
    for name in old.keys() - new.keys():
        yield Change(Severity.BREAKING, words.removed, coordinate.format(name), "was removed")
    for name in new.keys() - old.keys():
        at, type_ = coordinate.format(name), new[name].type
        if _is_required(new[name]):
            yield Change(
                Severity.BREAKING, words.required_added, at, f"was added, and must be given: {type_}"
            )
        else:
            yield Change(words.optional, words.optional_added, at, f"was added: {type_}")
    for name in old.keys() & new.keys():
        yield from _compare(old[name], new[name], coordinate.format(name), words)


def _compare(old: Input, new: Input, at: str, words: Words) -> Iterator[Change]:
    if str(old.type) != str(new.type):
        message = f"changed its type from {old.type} to {new.type}"
        if _takes_all(new.type, old.type):
            yield Change(Severity.SAFE, words.changed_safely, at, message)
        else:
            yield Change(Severity.BREAKING, words.changed, at, message)
    yield from _compare_defaults(old, new, at, words)
    yield from moved_deprecation(old.deprecation_reason, new.deprecation_reason, at)
    yield from described(old.description, new.description, at)


def _compare_defaults(old: Input, new: Input, at: str, words: Words) -> Iterator[Change]:
    """A new default answers those who gave nothing; where they had to give something, there are none."""
    before, after = _default(old), _default(new)
    if before == after:
        return
    if before is None:
        severity = Severity.SAFE if isinstance(old.type, GraphQLNonNull) else Severity.DANGEROUS
        yield Change(severity, words.default_added, at, f"has the default {after} now")
    elif after is None and isinstance(new.type, GraphQLNonNull):
        yield Change(
            Severity.BREAKING, words.default_changed, at, f"lost its default {before}, and must be given"
        )
    elif after is None:
        yield Change(Severity.DANGEROUS, words.default_changed, at, f"lost its default {before}")
    else:
        yield Change(
            Severity.DANGEROUS, words.default_changed, at, f"changed its default from {before} to {after}"
        )


def _is_required(item: Input) -> bool:
    return is_required_argument(item) if isinstance(item, GraphQLArgument) else is_required_input_field(item)


def _default(item: Input) -> str | None:
    """The default as it is written, on one line; the order of an object's fields says nothing."""
    node = item.ast_node.default_value if item.ast_node else None
    return " ".join(print_ast(sort_value_node(node)).split("\n")) if node is not None else None


def _takes_all(new: GraphQLType, old: GraphQLType) -> bool:
    """Whether every value that `old` takes, and every variable of that type, fits into `new`."""
    if isinstance(new, GraphQLNonNull):
        return isinstance(old, GraphQLNonNull) and _takes_all(new.of_type, old.of_type)
    if isinstance(old, GraphQLNonNull):
        return _takes_all(new, old.of_type)
    if isinstance(new, GraphQLList) and isinstance(old, GraphQLList):
        return _takes_all(new.of_type, old.of_type)
    return str(new) == str(old)

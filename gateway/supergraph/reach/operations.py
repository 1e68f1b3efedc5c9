"""The operation that shows what cannot be answered: valid GraphQL, with placeholders for required arguments."""

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_required_argument,
    is_required_input_field,
)

from gateway.supergraph.model import MUTATION_ROOT, QUERY_ROOT
from gateway.supergraph.reach.walking import Trail

MAX_SHOWN = 24
"""Fields that lie around one another in an operation that is shown; of a longer one the middle is left out."""

_PLACEHOLDERS = {"Int": "0", "Float": "0.5", "Boolean": "true", "ID": '"1"'}
_MAX_INPUT_DEPTH = 8


def operation_text(schema: GraphQLSchema, trail: Trail, field: str, narrowed: str | None = None) -> str:
    """The shortest operation that asks for `field` of the object a trail leads to, on one line.

    `narrowed`: the concrete type that the operation asks of the objects that the field leads to.
    """
    steps = [*trail.steps()[1:], Trail(None, field, narrowed or "")]
    root = trail.steps()[0].type_name
    keyword = "" if root == QUERY_ROOT else f"{'mutation' if root == MUTATION_ROOT else 'subscription'} "
    opened, closed = f"{keyword}{{", " }"
    owner = root
    for position, step in enumerate(steps):
        definition = _field(schema, owner, step.field)
        if len(steps) <= MAX_SHOWN or not MAX_SHOWN // 2 <= position < len(steps) - MAX_SHOWN // 2:
            text, closing = _selection(schema, definition, step, last=position == len(steps) - 1)
            opened += text
            closed += closing
        elif position == MAX_SHOWN // 2:
            opened += " …"
        owner = step.type_name or get_named_type(definition.type).name
    return opened + closed


def _selection(schema: GraphQLSchema, definition: GraphQLField, step: Trail, last: bool) -> tuple[str, str]:
    """A field with its arguments, opened to what comes below, and what closes it again."""
    text = f" {step.field}{_arguments(definition)}"
    returned = get_named_type(definition.type)
    if not is_composite_type(returned):
        return text, ""
    text, closing = f"{text} {{", " }"
    if step.type_name and returned.name != step.type_name:
        text, closing = f"{text} ... on {step.type_name} {{", " } }"
    return (f"{text} __typename" if last else text), closing


def _field(schema: GraphQLSchema, owner: str, field: str) -> GraphQLField:
    known = schema.type_map[owner]
    assert isinstance(known, GraphQLObjectType | GraphQLInterfaceType)
    found: GraphQLField = known.fields[field]
    return found


def _arguments(definition: GraphQLField) -> str:
    texts = [
        f"{name}: {placeholder(argument.type)}"
        for name, argument in definition.args.items()
        if is_required_argument(argument)
    ]
    return f"({', '.join(texts)})" if texts else ""


def placeholder(type_: GraphQLInputType, depth: int = 0) -> str:
    """A literal that is valid for an input type."""
    if isinstance(type_, GraphQLNonNull):
        return placeholder(type_.of_type, depth)
    if isinstance(type_, GraphQLList):
        return "[]"
    if isinstance(type_, GraphQLEnumType):
        return str(next(iter(type_.values)))
    if isinstance(type_, GraphQLInputObjectType):
        return _input_object(type_, depth)
    return _PLACEHOLDERS.get(type_.name, '"…"')


def _input_object(type_: GraphQLInputObjectType, depth: int) -> str:
    if depth > _MAX_INPUT_DEPTH:
        return "{}"
    fields = {name: item for name, item in type_.fields.items() if is_required_input_field(item)}
    if type_.is_one_of:
        fields = dict([next(iter(type_.fields.items()))])
    inner = ", ".join(f"{name}: {placeholder(item.type, depth + 1)}" for name, item in fields.items())
    return f"{{{inner}}}"

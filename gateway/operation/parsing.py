"""From a client's text to a normalised operation: bounded, parsed, validated, variables coerced."""

from collections.abc import Mapping
from hashlib import sha256

from graphql import (
    DocumentNode,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execution,
    parse,
    validate,
)

from connectors.base import Json
from gateway.errors import Code, GraphQLProblem, RequestRefused
from gateway.operation.limits import OperationLimits, check_text, syntax_problem
from gateway.operation.model import Operation
from gateway.operation.normalise import normalise
from gateway.operation.repetition import check_repeats, too_repetitive
from gateway.supergraph.model import Supergraph

MAX_VALIDATION_ERRORS = 20
_OUT_OF_BUDGET = "Validation aborted."
"""What graphql-core says when comparing selections takes too long: no fault that a client could look for."""


def operation_key(text: str, operation_name: str | None) -> str:
    """Identifies what is asked, apart from variables: SHA-256 over name and text."""
    return sha256(f"{operation_name!r}\0{text}".encode("utf-8", "surrogatepass")).hexdigest()


def read_operation(
    text: str, operation_name: str | None, supergraph: Supergraph, limits: OperationLimits
) -> Operation:
    """Parse, validate and normalise. Raises RequestRefused with every problem found.

    Validation is against the full public schema and never suggests a name.
    """
    check_text(text, limits)
    document = _parse(text, limits)
    check_repeats(document, limits)
    errors = validate(
        supergraph.schema,
        document,
        max_errors=MAX_VALIDATION_ERRORS,
        hide_suggestions=True,
        allow_empty_selection_sets=False,
    )
    if any(error.message == _OUT_OF_BUDGET for error in errors):
        raise too_repetitive(limits)
    if errors:
        raise RequestRefused([_problem(Code.GRAPHQL_VALIDATION_FAILED, error) for error in errors])
    definition = _chosen(document, operation_name)
    if definition.operation is OperationType.SUBSCRIPTION:
        message = "Subscriptions are not offered; ask with a query."
        raise RequestRefused([GraphQLProblem(Code.GRAPHQL_VALIDATION_FAILED, message)])
    return normalise(operation_key(text, operation_name), document, definition, supergraph, limits)


def coerce_variables(
    operation: Operation, given: Mapping[str, Json], supergraph: Supergraph
) -> dict[str, Json]:
    """The operation's variables, coerced (GraphQL specification, section 6.1.2). Raises RequestRefused."""
    coerced = execution.get_variable_values(
        supergraph.schema,
        operation.definition.variable_definitions or (),
        dict(given),
        max_errors=MAX_VALIDATION_ERRORS,
        hide_suggestions=True,
    )
    if isinstance(coerced, list):
        raise RequestRefused([_problem(Code.BAD_USER_INPUT, error) for error in coerced])
    _check_nulls(operation, coerced.coerced)
    return dict(coerced.coerced)


def _check_nulls(operation: Operation, variables: Mapping[str, Json]) -> None:
    """A nullable variable with a default may stand where null may not; given as null, it is refused here.

    GraphQL specification, sections 5.8.5 and 6.4.1.
    """
    for name in sorted(operation.condition_variables):
        if not isinstance(variables.get(name), bool):
            message = f'Variable "${name}" decides whether a field is there, and must not be null.'
            raise RequestRefused([GraphQLProblem(Code.BAD_USER_INPUT, message)])


def _parse(text: str, limits: OperationLimits) -> DocumentNode:
    try:
        return parse(text, max_tokens=limits.tokens + 1)
    except GraphQLError as error:
        raise RequestRefused([syntax_problem(error)]) from None


def _chosen(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """GetOperation (GraphQL specification, section 6.1)."""
    operations = [item for item in document.definitions if isinstance(item, OperationDefinitionNode)]
    if name is None and len(operations) == 1:
        return operations[0]
    for operation in operations:
        if name is not None and operation.name and operation.name.value == name:
            return operation
    message = (
        "The document has several operations; operationName must name one."
        if name is None
        else "The document has no operation of that name."
    )
    raise RequestRefused([GraphQLProblem(Code.GRAPHQL_VALIDATION_FAILED, message)])


def _problem(code: Code, error: GraphQLError) -> GraphQLProblem:
    locations = [(place.line, place.column) for place in error.locations or ()]
    return GraphQLProblem(code, error.message, locations=locations)

"""The operation stage: a client's text, bounded, parsed, validated and normalised."""

from gateway.operation.limits import OperationLimits
from gateway.operation.model import Argument, Directive, Operation, OperationKind, Selection, Slot, walk
from gateway.operation.parsing import coerce_variables, operation_key, read_operation

__all__ = [
    "Argument",
    "Directive",
    "Operation",
    "OperationKind",
    "OperationLimits",
    "Selection",
    "Slot",
    "coerce_variables",
    "operation_key",
    "read_operation",
    "walk",
]

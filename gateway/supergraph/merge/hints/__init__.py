"""What is legal and suspicious about several sources together, in the order in which it is told.

Each is `look(merging) -> Iterator[Finding]`; the codes are those of Apollo's hints.
"""

from collections.abc import Callable, Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.hints import (
    composed_directives,
    contextual_arguments,
    defaults,
    descriptions,
    directive_arguments,
    entities,
    enums,
    executable_directives,
    overrides,
    presence,
    runtime_types,
    types,
)
from gateway.supergraph.merge.outcome import Merging

Hint = Callable[[Merging], Iterator[Finding]]

HINTS: tuple[Hint, ...] = (
    types.look,
    defaults.look,
    presence.look,
    contextual_arguments.look,
    entities.look,
    enums.look,
    overrides.look,
    executable_directives.look,
    directive_arguments.look,
    composed_directives.look,
    runtime_types.look,
    descriptions.look,
)

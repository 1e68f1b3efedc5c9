"""graphql-core's checks of a built schema, told one by one as they are found."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from graphql import GraphQLSchema, Node
from graphql.type.validate import SchemaValidationContext

_DEPRECATED_ALONE: Final = "must not be deprecated."
"""How graphql-core ends its error on a deprecated field that is not deprecated in its interface."""

Tell = Callable[[str, Sequence[Node]], None]


class SchemaChecks(SchemaValidationContext):
    """Finds what `validate_schema` finds, and tells each error at once, so that the listener may stop it.

    graphql-core looks for the place of every error in the whole text: of a hundred thousand for hours. A field may be
    deprecated where its interface's is not: a draft of the specification forbids it, composition does not, and no
    answer depends on it.
    """

    def __init__(self, schema: GraphQLSchema, tell: Tell) -> None:
        super().__init__(schema)
        self.tell = tell

    def check(self) -> None:
        """Check root types, directives and types."""
        self.validate_root_types()
        self.validate_directives()
        self.validate_types()

    def report_error(self, message: str, nodes: Node | Collection[Node | None] | None = None) -> None:
        """Tell one error."""
        if not message.endswith(_DEPRECATED_ALONE):
            several = [nodes] if nodes is None or isinstance(nodes, Node) else nodes
            self.tell(message, [node for node in several if node is not None])

"""How a unified type says what its data is: the `@label` directive and the field that carries one.

A label is a level and a set of categories; the policy may raise it, and a field without one is readable by
nobody. That is why `labelled` asks for the label first: a unified field cannot be written without one.
"""

# A schema directive is read by Strawberry from its annotations at run time.
from collections.abc import Callable
from typing import Any, Final

import strawberry
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    name="label",
    locations=[Location.FIELD_DEFINITION, Location.OBJECT],
    description=(
        "数据的分级与分类，缺省值，策略可以提高 / "
        "Level and categories of the data; a default that the policy may raise"
    ),
)
class Label:
    """`@label(level:, categories:)`: level public < internal < sensitive < confidential."""

    level: str
    categories: list[str] = strawberry.directive_field(name="categories", default=())


PUBLIC: Final = Label(level="public")
INTERNAL_PERSONAL: Final = Label(level="internal", categories=["personal"])
SENSITIVE_PERSONAL: Final = Label(level="sensitive", categories=["personal"])


# The return type is Any for the reason that strawberry.field's is: the value stands where a dataclass field
# of any type is declared; a resolver returns what that field is declared as.
def labelled(label: Label, zh: str, en: str, resolver: Callable[..., Any] | None = None) -> Any:
    """A field with its default label and its description in Chinese and English.

    The ontology has no resolvers; a department that serves its own types passes one where it needs it.
    """
    description = f"{zh} / {en}"
    if resolver is None:
        return strawberry.field(description=description, directives=[label])
    return strawberry.field(resolver, description=description, directives=[label])

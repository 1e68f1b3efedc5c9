"""Directives that clients apply, as far as the source defines them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from graphql import DirectiveLocation, GraphQLArgument, GraphQLSchema

from connectors.base import ALWAYS, Condition, Directive


@dataclass(slots=True)
class Applied:
    """The directives of one field node: on the field, and on fragments around it. `condition`: when it is there."""

    condition: Condition = ALWAYS
    own: list[Directive] = field(default_factory=list)
    around: list[Directive] = field(default_factory=list)


class Directives:
    """What one source's schema says of directives."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._defined = {one.name: one for one in schema.directives}

    def known(self, applied: Iterable[Directive], location: DirectiveLocation) -> list[Directive]:
        """Those that the source defines for a place, with all the arguments that are given."""
        return [one for one in applied if self._is_known(one, location)]

    def arguments(self, name: str) -> Mapping[str, GraphQLArgument]:
        """What a directive that the source defines takes."""
        return self._defined[name].args

    def arranged(self, applied: Iterable[Directive]) -> list[Applied]:
        """The nodes that a field needs; the first has it whole, and each further one a directive that clashes there.

        A directive clashes where it is not repeatable and stands there already, or holds under a condition of its own.
        """
        nodes = [Applied()]
        for one in applied:
            place = DirectiveLocation.INLINE_FRAGMENT if one.around else DirectiveLocation.FIELD
            if not self._is_known(one, place):
                continue
            node = next((node for node in nodes if self._fits(one, node)), None)
            if node is None:
                node = Applied(one.condition)
                nodes.append(node)
            (node.around if one.around else node.own).append(one)
        return nodes

    def _is_known(self, one: Directive, location: DirectiveLocation) -> bool:
        said = self._defined.get(one.name)
        return (
            said is not None
            and location in said.locations
            and all(item.name in said.args for item in one.arguments)
        )

    def _fits(self, one: Directive, node: Applied) -> bool:
        """Fragments go around each other, so that there is room for any number of directives around a field."""
        if one.condition != node.condition:
            return False
        return (
            one.around
            or self._defined[one.name].is_repeatable
            or all(own.name != one.name for own in node.own)
        )

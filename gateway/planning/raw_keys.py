"""Internal response keys: what a field is called in the answer tree of one plan."""

from gateway.operation.model import Argument, Directive


class RawKeys:
    """Gives each field with its arguments and directives a key: a valid GraphQL name that nothing else has.

    `fields`: the names of the supergraph's fields, which are their keys where they stand alone.
    """

    def __init__(self, fields: frozenset[str]) -> None:
        self._fields = fields
        self._known: dict[tuple[object, ...], str] = {}
        self._given: set[str] = set()

    def of(
        self,
        field: str,
        arguments: tuple[Argument, ...] = (),
        directives: tuple[Directive, ...] = (),
        response: str = "",
    ) -> str:
        """The key of a field; the same for the same question. `response`: makes the field one for itself."""
        if not (arguments or directives or response):
            return field
        question = (field, arguments, directives, response)
        if question not in self._known:
            self._known[question] = self._free(_readable(field, arguments, directives, response))
        return self._known[question]

    def _free(self, wanted: str) -> str:
        key, number = wanted, 1
        while key in self._fields or key in self._given:
            number += 1
            key = f"{wanted}_{number}"
        self._given.add(key)
        return key


def _readable(
    field: str, arguments: tuple[Argument, ...], directives: tuple[Directive, ...], response: str
) -> str:
    said = [f"{argument.name}_{argument.slot}" for argument in arguments]
    return "__".join([field, *said, *(directive.name for directive in directives), *filter(None, [response])])

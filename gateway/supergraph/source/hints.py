"""What is legal in one source's schema, and less than it seems: told, not refused."""

from collections.abc import Iterator, Sequence

from gateway.supergraph.source.applied import applied
from gateway.supergraph.source.contexts import setters
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.specification import FIRST_WITH, OLDEST

_KEPT = {
    "cost": "operations are not weighed by it",
    "listSize": "operations are not weighed by it",
    "cacheTag": "answers are not cached by it",
}


def hints_of(schemas: Sequence[SourceSchema]) -> Iterator[str]:
    """One line each, `CODE source:line:column message; remedy`, source by source."""
    for schema in schemas:
        yield from _newer_version(schema)
        yield from _without_effect(schema)
        yield from _unserved(schema)


def _newer_version(schema: SourceSchema) -> Iterator[str]:
    """A source that links a specification which needs a newer federation than it links itself."""
    for link in schema.links:
        first = FIRST_WITH.get(link.identity, OLDEST)
        if OLDEST <= schema.federation < first:
            yield (
                f"IMPLICITLY_UPGRADED_FEDERATION_VERSION {link.place} {schema.source.name}: {link.identity} needs"
                f" federation v{first[0]}.{first[1]}, and v{schema.federation[0]}.{schema.federation[1]} is linked;"
                f" link federation v{first[0]}.{first[1]}"
            )
            return


def _without_effect(schema: SourceSchema) -> Iterator[str]:
    told: set[str] = set()
    for item in applied(schema):
        if item.meaning in _KEPT and item.meaning not in told:
            told.add(item.meaning)
            yield (
                f"UNSUPPORTED_FEATURE {item.place} {schema.source.name}: @{item.meaning} on {item.on} is kept, and"
                f" {_KEPT[item.meaning]}; nothing need be done"
            )


def _unserved(schema: SourceSchema) -> Iterator[str]:
    """Contexts are composed for other gateways."""
    for name, setting in setters(schema.types).items():
        place = next(context.place for context in setting[0].marks.contexts if context.name == name)
        yield (
            f"UNSUPPORTED_FEATURE {place} {schema.source.name}: the context {name} on {setting[0].name} is composed, and"
            " Huitong itself refuses to serve the supergraph; serve it with another gateway, or take contexts out"
        )

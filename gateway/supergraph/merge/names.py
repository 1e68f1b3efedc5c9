"""What the federation's directives are called: the composed schema calls them as the sources do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.supergraph.merge.composed import Identity, name_in
from gateway.supergraph.merge.sources import Sources
from gateway.supergraph.source.model import SourceSchema
from gateway.supergraph.source.specification import FEDERATION, SPECS

CARRIED = ("tag", "inaccessible", "authenticated", "requiresScopes", "policy", "context", "cost", "listSize")
"""The directives that stand in the composed schema under features of their own."""

CACHE_TAG = "cacheTag"
"""The directive that stands there source by source (`@join__directive`)."""

_OLDEST = frozenset({"tag", "inaccessible"})
"""Those that sources of Federation 1 call so, without any `@link`."""

WEIGHTS = frozenset({"cost", "listSize"})
"""Those of them that say what an operation costs."""

FEATURE_OF = {"listSize": "cost"}
"""The features that are not called like their directives."""


def is_composed_anyway(identity: Identity) -> bool:
    """True for a directive of the federation that sources may ask to compose, although it is composed without."""
    return identity[0] == FEDERATION and identity[1] in CARRIED and identity[1] not in WEIGHTS


@dataclass(frozen=True, slots=True)
class DirectiveNames:
    """Source → directive of the specification → its name there."""

    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, name: str, source: str) -> str:
        """What a source calls a directive."""
        return self.said.get(source, {}).get(name, name)


def directive_names(sources: Sources) -> DirectiveNames:
    """What each source calls the carried directives."""
    return DirectiveNames(
        {
            source: {name: _name(schema, name) for name in (*CARRIED, CACHE_TAG)}
            for source, schema in sources.schemas.items()
        }
    )


def _name(schema: SourceSchema, name: str) -> str:
    """As the source imports it, else by the namespace of the specification; "" where it has no such directive."""
    own = SPECS + FEATURE_OF.get(name, name)
    links = [link for link in schema.links if link.identity in (FEDERATION, own)]
    for link in sorted(links, key=lambda link: link.identity == FEDERATION):
        return name_in(link, name)
    return name if name in _OLDEST else ""

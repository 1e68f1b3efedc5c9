"""What the federation's directives are called: the composed schema calls them as the sources do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.supergraph.merge.sources import Sources

SPECS = "https://specs.apollo.dev/"
FEDERATION = SPECS + "federation"

CARRIED = ("tag", "inaccessible", "authenticated", "requiresScopes", "policy", "cost", "listSize")
"""The directives that stand in the composed schema under features of their own."""

_OWN_FEATURES = {SPECS + name for name in (*CARRIED, "cost")}


@dataclass(frozen=True, slots=True)
class DirectiveNames:
    """Directive of the specification → source → the name that the source imports it by."""

    said: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, name: str, source: str) -> str:
        """The name in the composed schema as far as one source has a say: its own where it imports one."""
        return self.said.get(name, {}).get(source, name)


def directive_names(sources: Sources) -> DirectiveNames:
    """The names that sources import the carried directives by."""
    said: dict[str, dict[str, str]] = {}
    for source, schema in sources.schemas.items():
        for link in schema.links:
            if link.identity != FEDERATION and link.identity not in _OWN_FEATURES:
                continue
            for original, name in link.imports.items():
                bare = original.removeprefix("@")
                if bare in CARRIED:
                    said.setdefault(bare, {})[source] = name.removeprefix("@")
    return DirectiveNames(said)

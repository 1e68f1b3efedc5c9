"""The specifications that the composed schema links, with the definitions of what it uses of them."""

from collections.abc import Collection, Iterable, Mapping

from graphql import DirectiveDefinitionNode, ScalarTypeDefinitionNode, parse

from gateway.supergraph.merge.composed import ComposedDirective, ComposedDirectives
from gateway.supergraph.merge.feature_names import with_names
from gateway.supergraph.merge.model import Feature
from gateway.supergraph.merge.names import CACHE_TAG, CARRIED, FEATURE_OF
from gateway.supergraph.merge.sources import in_order
from gateway.supergraph.source.specification import SPECS

_SECURED = "FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM"
_ANYWHERE = (
    "FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE"
    " | INPUT_OBJECT | INPUT_FIELD_DEFINITION"
)
_DEFINITIONS = {
    "tag": f"directive @tag(name: String!) repeatable on {_ANYWHERE} | SCHEMA",
    "inaccessible": f"directive @inaccessible on {_ANYWHERE}",
    "authenticated": f"directive @authenticated on {_SECURED}",
    "requiresScopes": f"directive @requiresScopes(scopes: [[{{scalar}}!]!]!) on {_SECURED}",
    "policy": f"directive @policy(policies: [[{{scalar}}!]!]!) on {_SECURED}",
    "context": "directive @context(name: String!) repeatable on INTERFACE | OBJECT | UNION",
    "cost": "directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION"
    " | INPUT_FIELD_DEFINITION | OBJECT | SCALAR",
    "listSize": "directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!],"
    " requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION",
}
_VERSIONS = {"tag": "v0.3", "inaccessible": "v0.2"}
_SECURITY = frozenset({"inaccessible", "authenticated", "requiresScopes", "policy", "context"})
_SCALARS = {"requiresScopes": "Scope", "policy": "Policy", "context": "ContextFieldValue"}


def linked_features(
    called: Mapping[str, str], composed: ComposedDirectives, known: Collection[str]
) -> tuple[Feature, ...]:
    """Every specification that the composed schema links besides those of composition. `known`: all names in it."""
    return tuple(with_names([*_carried_features(called), *_composed_features(composed)], known))


def _carried_features(called: Mapping[str, str]) -> list[Feature]:
    """The features of the federation's own directives that stand in the composed schema, with their names there."""
    features = []
    for feature in in_order([[FEATURE_OF.get(name, name) for name in CARRIED if name in called]]):
        parts = [name for name in CARRIED if name in called and FEATURE_OF.get(name, name) == feature]
        imports = {
            f"@{name}": f"@{called[name]}" for name in parts if name != feature or called[name] != name
        }
        purpose = "SECURITY" if feature in _SECURITY else None
        features.append(Feature(SPECS + feature, _VERSIONS.get(feature, "v0.1"), None, imports, purpose))
    if CACHE_TAG in called:
        features.append(Feature(SPECS + CACHE_TAG, "v0.1", purpose="EXECUTION"))
    return features


def carried_definitions(
    called: Mapping[str, str], features: Iterable[Feature]
) -> tuple[dict[str, DirectiveDefinitionNode], dict[str, ScalarTypeDefinitionNode]]:
    """The definitions of those directives under their names here, and of the scalars of their arguments."""
    prefixes = {
        feature.identity.rpartition("/")[2]: feature.alias
        for feature in features
        if feature.identity.startswith(SPECS)
    }
    directives = {}
    scalars = {}
    for name in CARRIED:
        prefix = prefixes.get(name) or name
        scalar_name = f"{prefix}__{_SCALARS.get(name)}"
        if name in called:
            text = _DEFINITIONS[name].format(scalar=scalar_name).replace(f"@{name}", f"@{called[name]}", 1)
            directives[called[name]] = _directive(text)
        if name == "context" and name in called:  # gateways know the specification by both its directives
            from_context = f"{prefix}__fromContext"
            text = f"directive @{from_context}(field: {scalar_name}) on ARGUMENT_DEFINITION"
            directives[from_context] = _directive(text)
        if name in called and name in _SCALARS:
            scalar = parse(f"scalar {scalar_name}", no_location=True).definitions[0]
            assert isinstance(scalar, ScalarTypeDefinitionNode)
            scalars[scalar_name] = scalar
    return directives, scalars


def _directive(text: str) -> DirectiveDefinitionNode:
    node = parse(text, no_location=True).definitions[0]
    assert isinstance(node, DirectiveDefinitionNode)
    return node


def _composed_features(composed: ComposedDirectives) -> list[Feature]:
    """One feature for each specification of composed directives, in its newest version."""
    by_identity: dict[str, list[ComposedDirective]] = {}
    for directive in composed.directives:
        if directive.definition is not None:
            by_identity.setdefault(directive.identity[0], []).append(directive)
    features = []
    for identity, directives in by_identity.items():
        newest = directives[0].links[directives[0].newest[0]]
        imports = {f"@{directive.identity[1]}": f"@{directive.name}" for directive in directives}
        features.append(Feature(identity, newest.version, imports=imports))
    return features

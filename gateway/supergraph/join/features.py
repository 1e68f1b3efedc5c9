"""The features that a supergraph links: which directives mean what, under whatever names.

Apollo's link specification v1.0 (and core v0.1, v0.2 before it): a feature is known by the identity of its URL;
its elements are called `prefix__name`, the one named like the feature `prefix`, unless they are imported.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from gateway.supergraph.join.document import (
    COMPOSE_AGAIN,
    INVALID,
    UNSUPPORTED,
    Applied,
    Document,
    Report,
)
from gateway.supergraph.source.specification import SPECS

JOIN = SPECS + "join"
_LINKERS = {SPECS + "link": ("link", "url"), SPECS + "core": ("core", "feature")}

SECURED = ("authenticated", "policy", "requiresScopes")
INACCESSIBLE = "inaccessible"
CONTEXT = "context"

_WITHOUT_EFFECT = frozenset({SPECS + "cacheTag"})
"""Features for the execution that nothing goes wrong without: answers are cached or not."""
_HONOURED = frozenset({JOIN, *_LINKERS, *(SPECS + name for name in (*SECURED, INACCESSIBLE, CONTEXT))})
_JOIN_VERSIONS = frozenset({"v0.1", "v0.2", "v0.3", "v0.4", "v0.5"})
OLDEST_JOIN = frozenset({"v0.1", "v0.2"})


@dataclass(frozen=True, slots=True)
class Feature:
    """One linked feature. `imported`: the specification's name of an element (directives with `@`) → its name here."""

    identity: str
    version: str
    prefix: str
    imported: Mapping[str, str]
    purpose: str
    link: Applied | None

    def directive(self, name: str) -> str:
        """How the supergraph calls the feature's directive `name`."""
        known = self.imported.get("@" + name)
        if known:
            return known.removeprefix("@")
        return self.prefix if name == self.identity.rpartition("/")[2] else f"{self.prefix}__{name}"

    def has(self, name: str) -> bool:
        """True when the directive that the supergraph calls `name` is the feature's."""
        return (
            name == self.prefix or name.startswith(self.prefix + "__") or "@" + name in self.imported.values()
        )

    def type(self, name: str) -> str:
        """How the supergraph calls the feature's type `name`."""
        return self.imported.get(name, f"{self.prefix}__{name}")


@dataclass(frozen=True, slots=True)
class Features:
    """What a supergraph's directives mean. `secured`: the name of each security directive here → its own."""

    join: Feature
    all: tuple[Feature, ...]
    inaccessible: str
    secured: Mapping[str, str]
    context: str
    hints: tuple[str, ...]

    def own_type(self, name: str) -> bool:
        """True when the type `name` belongs to a feature, so that clients never see it."""
        return name.startswith("federation__") or any(
            name.startswith(feature.prefix + "__") or name in feature.imported.values()
            for feature in self.all
        )

    def own_directive(self, name: str) -> bool:
        """True when the directive `name` belongs to a feature."""
        return any(feature.has(name) for feature in self.all)

    def custom_directive(self, name: str) -> bool:
        """True when the directive `name` belongs to a feature that nobody but the sources' authors specifies."""
        owners = [feature for feature in self.all if feature.has(name)]
        return bool(owners) and not any(feature.identity.startswith(SPECS) for feature in owners)


def read_features(document: Document, report: Report) -> Features:
    """Read every `@link` and `@core`. What cannot be honoured, and asks to be, is a finding."""
    links = [_feature(link, argument) for link, argument in _links(document)]
    hints: list[str] = []
    for feature in links:
        _check(feature, hints, report)
    by_identity = {feature.identity: feature for feature in reversed(links)}
    join = by_identity.get(JOIN)
    if join is None and "join__Graph" in document.types:
        hints.append("the supergraph links no specification; its join__ directives are read as join v0.3")
        join = Feature(JOIN, "v0.3", "join", {}, "EXECUTION", None)
        links += [join, Feature(SPECS + "link", "v1.0", "link", {}, "", None)]
    if join is None:
        report.add(
            INVALID,
            "this is no composed supergraph: it does not link the join specification",
            "name a supergraph that was composed (join v0.1 to v0.5), not the schema of one source",
        )
        report.stop()
        raise AssertionError("a finding stops the reading")
    names = {name: _own_name(name, by_identity, links) for name in (*SECURED, INACCESSIBLE, CONTEXT)}
    return Features(
        join,
        tuple(links),
        names[INACCESSIBLE],
        {names[name]: name for name in SECURED},
        names[CONTEXT],
        tuple(hints),
    )


def _own_name(name: str, by_identity: Mapping[str, Feature], links: list[Feature]) -> str:
    """The name here of a directive that is the whole of its feature; its own where nothing says otherwise.

    A supergraph that uses `@inaccessible` or `@authenticated` without a link means to withhold all the same.
    """
    feature = by_identity.get(SPECS + name)
    if feature is not None:
        return feature.directive(name)
    taken = any(other.prefix == name or f"@{name}" in other.imported.values() for other in links)
    return "" if taken else name


def _links(document: Document) -> Iterator[tuple[Applied, str]]:
    """Each link with the name of its URL's argument. The linking directive may itself be renamed by its own link."""
    everything = [Applied(item) for node in document.schema for item in node.directives or ()]
    names = {"link": "url", "core": "feature"}
    for item in everything:
        for argument in ("url", "feature"):
            identity, _ = _taken_apart(item.text(argument))
            if identity in _LINKERS:
                default, expected = _LINKERS[identity]
                if argument == expected and item.node.name.value == (item.text("as") or default):
                    names[item.node.name.value] = expected
    for item in everything:
        if item.node.name.value in names:
            yield item, names[item.node.name.value]


def _feature(link: Applied, argument: str) -> Feature:
    identity, version = _taken_apart(link.text(argument))
    imported = {}
    listed = link.values.get("import")
    for item in listed if isinstance(listed, list) else ():
        known = item if isinstance(item, dict) else {"name": item}
        original = str(known.get("name", ""))
        imported[original] = str(known.get("as") or original)
    prefix = link.text("as") or identity.rpartition("/")[2]
    return Feature(identity, version, prefix, imported, link.text("for"), link)


def _taken_apart(url: str) -> tuple[str, str]:
    """A feature's identity and version ("v0.3", or "" when the URL has none)."""
    bare = re.split(r"[?#]", url, maxsplit=1)[0].rstrip("/")
    identity, _, version = bare.rpartition("/")
    return (identity, version) if re.fullmatch(r"v\d+\.\d+", version) else (bare, "")


def _check(feature: Feature, hints: list[str], report: Report) -> None:
    node = feature.link.node if feature.link else None
    name = feature.identity.rpartition("/")[2][:60]
    if feature.identity == JOIN and feature.version not in _JOIN_VERSIONS:
        report.add(UNSUPPORTED, f"the supergraph is written in join {feature.version or 'without a version'}",
                   "compose it with a version that writes join v0.1 to v0.5", node)  # fmt: skip
    elif not feature.prefix:
        report.add(INVALID, "a link names no feature", COMPOSE_AGAIN, node)
    elif feature.identity in _HONOURED:
        return
    elif feature.purpose and feature.identity not in _WITHOUT_EFFECT:
        report.add(UNSUPPORTED, f"the supergraph needs the feature {name} for {feature.purpose}",
                   "compose it without that feature", node)  # fmt: skip
    else:
        hints.append(f"the directives of the feature {name} are read past")

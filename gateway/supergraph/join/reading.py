"""Composed SDL → the one `Supergraph` model: the one public function of the reader."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from gateway.supergraph.join.bounds import check_bounds
from gateway.supergraph.join.contexts import Contexts
from gateway.supergraph.join.document import (
    UNSUPPORTED,
    Document,
    Report,
    applied,
    has,
    members,
    read_document,
)
from gateway.supergraph.join.extract import Extraction
from gateway.supergraph.join.features import Features, read_features
from gateway.supergraph.join.fields import FieldReader
from gateway.supergraph.join.keys import FieldSets, Keys, read_keys
from gateway.supergraph.join.oldest import with_external_fields, without_unreached
from gateway.supergraph.join.own_types import read_own_types
from gateway.supergraph.join.public import ROOT_NAMES, directives_for_requests, read_public_schema
from gateway.supergraph.join.sources import read_sources
from gateway.supergraph.join.types import WrittenType, WrittenTypes, read_types
from gateway.supergraph.model import Supergraph, Type

SUBSCRIPTION_ROOT = "Subscription"
CONNECTORS = frozenset({"connect", "source"})
"""Directives of Apollo's connect specification, by which a router itself calls an API in place of a source."""


@dataclass(frozen=True, slots=True)
class ComposedSupergraph:
    """A supergraph that others composed. `source_sdl`: per source, its own schema as Federation 2 SDL, contexts apart."""

    supergraph: Supergraph
    source_sdl: Mapping[str, str]


def read_supergraph(sdl: str, file: Path | str, *, contexts: bool = False) -> ComposedSupergraph:
    """Read a supergraph in composed SDL: join v0.1 to v0.5. `file` is what findings call it.

    `contexts`: whether it may have contexts, which are composed and compared, and not served. Raises ConfigurationError with every finding: SUPERGRAPH_INVALID, UNSUPPORTED_FEATURE, NO_QUERIES.
    """
    with _collector_at_rest():
        return _read(sdl, Report(file), contexts)


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """No cyclic garbage collection meanwhile: it would walk the growing syntax tree time and again (half the time)."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read(sdl: str, report: Report, contexts: bool) -> ComposedSupergraph:
    document = read_document(sdl, report)
    features = read_features(document, report)
    graphs = read_sources(document, features.join, report)
    report.stop()
    _refuse_connectors(document, features, report)
    if not contexts:
        _refuse_contexts(document, features, report)
    written = read_types(document, features, graphs, report)
    report.stop()
    check_bounds(written, report)
    own_types = read_own_types(written, features.join.directive("field"), graphs.names)
    field_sets = FieldSets(written, own_types, report)
    keys = read_keys(written, field_sets)
    read_contexts = Contexts(features, written, field_sets, report)
    reader = FieldReader(features, graphs, written, field_sets, keys, read_contexts, report)
    types = _types(written, reader, keys, features)
    report.stop()
    types = _with_what_is_unsaid(types, written, features)
    schema, text = read_public_schema(document, features, report)
    hints = [*features.hints]
    if SUBSCRIPTION_ROOT in types:
        hints.append("the supergraph has subscriptions, which are not served yet")
    supergraph = Supergraph(types, graphs.sources, {}, schema, text, tuple(hints))
    names = {source: graph for graph, source in graphs.names.items()}
    extraction = Extraction(features, written, types, names, directives_for_requests(document, features))
    return ComposedSupergraph(supergraph, {source: extraction.of(source) for source in graphs.sources})


def _with_what_is_unsaid(
    types: dict[str, Type], written: WrittenTypes, features: Features
) -> dict[str, Type]:
    if features.join.version == "v0.1":
        types = with_external_fields(types)
    unsaid = frozenset(
        name for name, found in written.by_name.items() if found.unsaid and name not in ROOT_NAMES
    )
    return without_unreached(types, unsaid) if unsaid else types


def _types(written: WrittenTypes, reader: FieldReader, keys: Keys, features: Features) -> dict[str, Type]:
    return {
        name: _type(found, written, reader, keys, features) for name, found in sorted(written.by_name.items())
    }


def _type(
    found: WrittenType, written: WrittenTypes, reader: FieldReader, keys: Keys, features: Features
) -> Type:
    fields = reader.fields(found)
    if has(found.node, features.inaccessible):
        fields = {name: replace(item, inaccessible=True) for name, item in fields.items()}
    return Type(
        found.name,
        found.kind,
        fields,
        written.possible(found.name),
        keys.resolvable.get(found.name, {}),
        sources={source: written.in_source(found, source) for source in found.sources},
    )


def _refuse_contexts(document: Document, features: Features, report: Report) -> None:
    remedy = "serve it with another gateway, or take @context and @fromContext out and compose again"
    for name, node in document.types.items():
        for said in applied(node, features.context):
            report.add(UNSUPPORTED, f"{name} sets a context (@context)", remedy, said.node)
        for item in members(node):
            for said in applied(item, features.join.directive("field")):
                if said.values.get("contextArguments"):
                    report.add(UNSUPPORTED, f"{name}.{item.name.value} takes an argument from a context (@fromContext)",
                               remedy, said.node)  # fmt: skip


def _refuse_connectors(document: Document, features: Features, report: Report) -> None:
    """Connectors stand in the supergraph as directives of single sources."""
    carrier = features.join.directive("directive")
    for name, node in document.types.items():
        for item in (node, *members(node)):
            for said in applied(item, carrier):
                if said.text("name") in CONNECTORS:
                    report.add(UNSUPPORTED, f"{name} is answered by a connector (@{said.text('name')})",
                               "leave sources with connectors out and compose again", said.node)  # fmt: skip

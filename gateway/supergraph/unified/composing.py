"""Composition of a deployment: the sources' schemas under the unified types, with lookups for root fields."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from connectors.base import Capabilities
from gateway.errors import ConfigurationError, Finding
from gateway.supergraph.composing import Composed, compose_schemas, read_sources
from gateway.supergraph.model import QUERY_ROOT, Lookup, Source, Supergraph, Type
from gateway.supergraph.source.model import SourceText, SourceType
from gateway.supergraph.unified.lookups import find_lookups, left_out, with_lookups
from gateway.supergraph.unified.ontology import (
    field_labels,
    mismatches,
    not_supplied,
    read_ontology,
    type_labels,
)
from gateway.supergraph.unified.pruning import prune
from gateway.supergraph.unified.public import ScalarParser, deployment_schema
from gateway.supergraph.unified.unserved import unserved


def compose(
    sources: Sequence[SourceText],
    ontology_sdl: str = "",
    record: Mapping[str, str] | None = None,
    scalars: Mapping[str, ScalarParser] | None = None,
    settings: Path | None = None,
) -> Supergraph:
    """Compose the sources of a deployment.

    `record` names, per entity type, the source that decides whether an entity exists; each makes a lookup; it
    stands in the file `settings`. Raises ConfigurationError with all findings of the first stage that has any.
    """
    _stop_at([_not_shared(text) for text in sources if text.sharing != "unconditional"])
    findings: list[Finding] = []
    unified = read_ontology(ontology_sdl, findings)
    told: list[str] = []
    schemas = read_sources(sources, told)
    findings += unserved(schemas)
    findings += mismatches(unified, schemas)
    lookups = find_lookups(schemas, record or {}, settings, findings)
    if not lookups and not findings:
        findings.append(Finding("NO_QUERIES", "no type has a lookup, so nothing can be asked",
                                "name a source of record for a type in `record:`", settings))  # fmt: skip
    _stop_at(findings)
    composed = compose_schemas(with_lookups(schemas, lookups), told)
    labelled = _labelled(composed, unified)
    types, unreached = prune(labelled, [lookup.type_name for lookup in lookups.values()])
    schema, sdl = deployment_schema(composed.read.supergraph.sdl, types, unified, scalars or {})
    hints = (
        *composed.hints,
        *left_out(schemas),
        *(f"no operation can reach the type {name}, which is left out" for name in unreached),
        *not_supplied(unified, composed.merged.types),
    )
    return Supergraph(types, _sources(sources), _by_field(lookups), schema, sdl, hints)


def _labelled(composed: Composed, unified: Mapping[str, SourceType]) -> dict[str, Type]:
    """The composed types with the labels of the unified types and of the sources. The root is made of lookups alone."""
    types = {}
    for name, known in composed.read.supergraph.types.items():
        if name == QUERY_ROOT or name not in composed.merged.types:
            continue
        fields = {
            field: replace(said, labels=field_labels(composed.merged, unified, name, field))
            for field, said in known.fields.items()
        }
        types[name] = replace(known, fields=fields, labels=type_labels(composed.merged, unified, name))
    return types


def _sources(texts: Sequence[SourceText]) -> dict[str, Source]:
    return {
        text.name: Source(text.name, text.department, Capabilities(), text.sharing)
        for text in sorted(texts, key=lambda text: text.name)
    }


def _by_field(lookups: Mapping[str, Lookup]) -> dict[str, Lookup]:
    return dict(sorted(lookups.items()))


def _not_shared(text: SourceText) -> Finding:
    message = f"{text.name} shares its data as {text.sharing!r}, which needs grants"
    remedy = "register it with `sharing: unconditional`, or wait for grants"
    return Finding("SHARING_UNSUPPORTED", message, remedy, text.name)


def _stop_at(findings: Sequence[Finding]) -> None:
    if findings:
        raise ConfigurationError(findings)

"""The passes over all sources before they are merged: read each, upgrade Federation 1, check each by itself."""

from collections.abc import Sequence
from dataclasses import replace

from gateway.errors import Finding
from gateway.supergraph.source.extensions import resolve_keys_of_extensions
from gateway.supergraph.source.federation_1 import upgrade
from gateway.supergraph.source.hints import hints_of
from gateway.supergraph.source.model import SourceSchema, SourceText
from gateway.supergraph.source.reading import read_source
from gateway.supergraph.source.rules import check_source


def read_sources(
    texts: Sequence[SourceText], findings: list[Finding], hints: list[str]
) -> list[SourceSchema]:
    """The schemas of the sources that could be read, in order, in the words of Federation 2.

    What is wrong is added to `findings`, and there is nothing to merge when anything was. What is legal and less
    than it seems is added to `hints`.
    """
    read = [schema for text in texts if (schema := read_source(text, findings)) is not None]
    schemas = [
        replace(schema, types=resolve_keys_of_extensions(schema.types)) for schema in upgrade(read, findings)
    ]
    for schema in schemas:
        findings.extend(check_source(schema))
    hints.extend(hints_of(schemas))
    return schemas

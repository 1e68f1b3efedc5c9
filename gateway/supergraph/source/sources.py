"""The passes over all sources before they are merged: read each, upgrade Federation 1, check each by itself."""

from collections.abc import Sequence
from dataclasses import replace

from gateway.errors import Finding
from gateway.supergraph.source.extensions import resolve_keys_of_extensions
from gateway.supergraph.source.federation_1 import upgrade
from gateway.supergraph.source.hints import hints_of
from gateway.supergraph.source.mixed_versions import unfounded_interface_objects
from gateway.supergraph.source.model import SourceSchema, SourceText
from gateway.supergraph.source.reading import read_source
from gateway.supergraph.source.rules import check_source
from gateway.supergraph.source.specification import OLDEST


def read_sources(
    texts: Sequence[SourceText], findings: list[Finding], hints: list[str]
) -> list[SourceSchema]:
    """The schemas of the sources that could be read, in order, in the words of Federation 2.

    What is wrong is added to `findings`, and there is nothing to merge when anything was. What is legal and less
    than it seems is added to `hints`.
    """
    read = [schema for text in texts if (schema := read_source(text, findings)) is not None]
    # What is missing from a schema that could not be read would be held against the others.
    upgraded = (
        upgrade(read, findings) if len(read) == len(texts) else [each for each in read if _is_newer(each)]
    )
    schemas = [replace(schema, types=resolve_keys_of_extensions(schema.types)) for schema in upgraded]
    for schema in schemas:
        findings.extend(check_source(schema))
    if not findings:
        findings.extend(unfounded_interface_objects(read))
    hints.extend(hints_of(schemas))
    return schemas


def _is_newer(schema: SourceSchema) -> bool:
    """True for sources of Federation 2, which can be checked without the others."""
    return schema.federation >= OLDEST

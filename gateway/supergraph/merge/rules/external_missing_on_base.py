"""EXTERNAL_MISSING_ON_BASE: a field that everybody leaves to somebody else."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding, where

CODE = "EXTERNAL_MISSING_ON_BASE"


def check(merging: Merging) -> Iterator[Finding]:
    """Some source resolves each field that others mark external, itself or through an interface object."""
    for type_, field in merging.fields():
        places = {source: said.external for source, said in field.sources.items()}
        if not merging.is_resolved(type_, field):
            yield finding(
                CODE,
                f"{type_.name}.{field.name} is @external in {where(merging.sources, places)}, and no source resolves it",
                "take @external out where the field is resolved, or add it to the source that resolves it",
                next(iter(places.values())),
            )

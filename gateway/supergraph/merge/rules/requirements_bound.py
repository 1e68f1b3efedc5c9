"""UNSUPPORTED_FEATURE: security requirements of sources that have too many alternatives together."""

from collections.abc import Iterator, Mapping

from gateway.errors import Finding
from gateway.supergraph.merge.fields import deciding
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.requirements import MAX_ALTERNATIVES, too_many
from gateway.supergraph.merge.telling import finding, where
from gateway.supergraph.source.model import Marks

CODE = "UNSUPPORTED_FEATURE"


def check(merging: Merging) -> Iterator[Finding]:
    """What several sources require of one element can be multiplied out."""
    for type_ in merging.merged.types.values():
        yield from _bounded(
            merging, type_.name, {source: said.marks for source, said in type_.sources.items()}
        )
    for type_, field in merging.fields():
        marks = {source: said.marks for source, said in deciding(field.sources).items()}
        yield from _bounded(merging, f"{type_.name}.{field.name}", marks)


def _bounded(merging: Merging, coordinate: str, said: Mapping[str, Marks]) -> Iterator[Finding]:
    for name, required in (
        ("requiresScopes", [marks.scopes for marks in said.values() if marks.scopes is not None]),
        ("policy", [marks.policies for marks in said.values() if marks.policies is not None]),
    ):
        if len(required) > 1 and too_many(required):
            places = {source: marks.place for source, marks in said.items()}
            yield finding(
                CODE,
                f"{coordinate} has @{name} in {where(merging.sources, places)} with more than {MAX_ALTERNATIVES}"
                " alternatives in all",
                "say it in one source, or in fewer alternatives",
                next(iter(places.values())),
            )

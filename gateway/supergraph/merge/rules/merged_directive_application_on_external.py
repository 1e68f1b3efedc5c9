"""MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL: something said of a field where it is only repeated."""

from collections.abc import Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.marks import carried_by
from gateway.supergraph.merge.names import WEIGHTS
from gateway.supergraph.merge.outcome import Merging
from gateway.supergraph.merge.telling import finding
from gateway.supergraph.source.model import Marks

CODE = "MERGED_DIRECTIVE_APPLICATION_ON_EXTERNAL"


def check(merging: Merging) -> Iterator[Finding]:
    """What the merged schema says of a field is said by the sources that resolve it; custom directives are not heard."""
    for type_, field in merging.fields():
        if not merging.is_resolved(type_, field):
            continue
        for source, said in field.sources.items():
            for name in _merged(merging, source, said.marks) if said.external else ():
                yield finding(
                    CODE,
                    f"{merging.sources.told(source, said.marks.place)} applies @{name} to {type_.name}.{field.name},"
                    " which is @external there",
                    f"apply @{name} in a source that resolves the field",
                    said.marks.place,
                )


def _merged(merging: Merging, source: str, marks: Marks) -> list[str]:
    weights = {merging.names.of(name, source) for name in WEIGHTS}
    names = ["deprecated"] if marks.deprecated is not None else []
    names += [merging.names.of(name, source) for name in carried_by(marks)]
    return names + [node.name.value for node in marks.applied if node.name.value in weights]

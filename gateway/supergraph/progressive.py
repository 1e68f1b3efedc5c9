"""Progressive override: what a supergraph is while some labels are active (`@override(from:, label:)`).

For a set of active labels a supergraph is one like any other, with fields external where they are not resolved: what
plans, checks or walks it knows nothing of labels.
"""

import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from gateway.supergraph.model import Field, FieldInSource, Supergraph, Type

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_\-:./]*")
_PERCENT = re.compile(r"percent\((\d{1,2}(?:\.\d{1,8})?|100)\)", re.ASCII)

NO_LABEL: frozenset[str] = frozenset()
"""The state in which no field has moved."""


def is_label(text: str) -> bool:
    """True for what Apollo's composition takes as a label: a name, or `percent(…)` of the requests."""
    return bool(_NAME.fullmatch(text) or _PERCENT.fullmatch(text))


def percentage(label: str) -> float | None:
    """How much of a hundred requests `percent(…)` is active for; None for a label that the deployment decides."""
    share = _PERCENT.fullmatch(label)
    return float(share[1]) if share else None


def labels_of(supergraph: Supergraph) -> frozenset[str]:
    """Every label by which some field moves."""
    return frozenset(move.label for _, _, field in moving_fields(supergraph) for move in field.moves)


def moving_fields(supergraph: Supergraph) -> Iterator[tuple[str, str, Field]]:
    """Every field that moves by a label, with its type's name and its own."""
    for owner in supergraph.types.values():
        for name, field in owner.fields.items():
            if field.moves:
                yield owner.name, name, field


def while_active(supergraph: Supergraph, labels: Collection[str]) -> Supergraph:
    """The supergraph as it is while `labels` are active and no others. Whatever no label touches is shared."""
    if not labels:
        return supergraph
    types = {name: _type(known, labels) for name, known in supergraph.types.items()}
    return replace(supergraph, types=types)


def with_label_hints(supergraph: Supergraph, stated: Collection[str]) -> Supergraph:
    """The supergraph with a hint for each label that is stated to be active, and by which nothing moves."""
    unknown = sorted({*stated} - labels_of(supergraph))
    hints = (f"no field moves by the label {label}, which is stated to be active" for label in unknown)
    return replace(supergraph, hints=(*supergraph.hints, *hints))


def _type(known: Type, labels: Collection[str]) -> Type:
    moved = {
        name: replace(field, sources=_sources(field, labels))
        for name, field in known.fields.items()
        if any(move.label in labels for move in field.moves)
    }
    return replace(known, fields={**known.fields, **moved}) if moved else known


def _sources(field: Field, labels: Collection[str]) -> Mapping[str, FieldInSource]:
    """Each source that takes over resolves the field, and none does that it is taken over from."""
    active = [move for move in field.moves if move.label in labels]
    taking, losing = {move.new for move in active}, {move.old for move in active}
    return {
        name: replace(said, external=name in losing or (said.external and name not in taking))
        for name, said in field.sources.items()
    }


def looked_at(labels: Collection[str]) -> Iterator[frozenset[str]]:
    """The sets of active labels that stand for all when composition asks whether every operation can be answered.

    Percentages are active from the highest down, since one draw decides on all of them; each of the others is looked
    at in both states, beside all others inactive and all others active. Of any three labels that is every combination
    there is, while the number of sets grows with that of labels.
    """
    seen: set[frozenset[str]] = set()
    for state in _states(labels):
        if state not in seen:
            seen.add(state)
            yield state


def _states(labels: Collection[str]) -> Iterator[frozenset[str]]:
    shares = {label: share for label in labels if (share := percentage(label)) is not None}
    named = frozenset(labels) - shares.keys()
    for least in (math.inf, *sorted({*shares.values()}, reverse=True)):
        drawn = frozenset(label for label, share in shares.items() if share >= least)
        yield drawn
        yield drawn | named
    for label in sorted(named):
        for drawn in (NO_LABEL, frozenset(shares)):
            yield drawn | {label}
            yield drawn | named - {label}

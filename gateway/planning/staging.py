"""Staging: fetches that can share one request do, and become the plan's nodes.

Entities of several positions and types that go to one source in the same step go in one request, where the source
takes that; and what nobody waits for joins a later request for the same objects.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made

from connectors.base import (
    ALWAYS,
    Argument,
    Condition,
    Directive,
    EntityInput,
    FetchKind,
    FetchSpec,
    FieldSelection,
    InputField,
)
from gateway.operation.conditions import at_least
from gateway.operation.model import Directive as Applied
from gateway.planning.groups import Group, Placed, in_both, place
from gateway.planning.inputs import conflict, join_inputs
from gateway.planning.plan import Entry, FetchNode
from gateway.planning.wants import either_rows
from gateway.supergraph.model import TYPENAME, FieldInSource, Supergraph


@dataclass(eq=False, slots=True)
class _Request:
    """Groups that share one request.

    `entities`: what is sent of each type. `paths`: where its objects stand, as raw keys.
    """

    groups: list[Group]
    placed: list[Placed]
    id: int = 0
    entities: dict[str, tuple[InputField, ...]] = made(default_factory=dict)
    paths: dict[str, set[tuple[str, ...]]] = made(default_factory=dict)

    @property
    def first(self) -> Group:
        """The group whose conditions and rows all others share."""
        return self.groups[0]


def stage(
    groups: Sequence[Group],
    supergraph: Supergraph,
    mixed: frozenset[str],
    applied: tuple[Applied, ...] = (),
) -> tuple[FetchNode, ...]:
    """The fetch nodes, each after all that it depends on.

    `mixed`: the sources of which one request may ask for entities of several positions and types. `applied`: the
    operation's directives for sources.
    """
    groups = _sink(groups)
    levels = _levels(groups)
    requests: list[_Request] = []
    open_requests: dict[object, list[_Request]] = {}
    for group in sorted(groups, key=lambda group: (levels[group], group.number)):
        made_ready = _request(group)
        key = (levels[group], group.source, group.condition, group.rows, group.cells, group.root)
        for request in open_requests.setdefault(key, []):
            if group.source in mixed and _can_join(request, made_ready, supergraph):
                _join(request, made_ready)
                break
        else:
            open_requests[key].append(made_ready)
            requests.append(made_ready)
    for number, request in enumerate(requests):
        request.id = number
    number_of = {group: request.id for request in requests for group in request.groups}
    directives = _directives(applied, supergraph)
    return tuple(_node(request, number_of, directives, supergraph) for request in requests)


def _levels(groups: Iterable[Group]) -> dict[Group, int]:
    levels: dict[Group, int] = {}
    for group in groups:  # each stands after all that it depends on
        levels[group] = 1 + max((levels[other] for other in group.depends_on), default=0)
    return levels


def _sink(groups: Sequence[Group]) -> list[Group]:
    """Let what nobody waits for go with a later fetch of the same objects from the same source."""
    awaited = frozenset[Group]().union(*(group.depends_on for group in groups))
    kept: list[Group] = []
    for group in groups:
        later = None
        if group not in awaited and not group.existence and not group.root:
            later = next(
                (other for other in groups if other.number > group.number and _absorbs(other, group)), None
            )
        if later is None:
            kept.append(group)
        else:
            _absorb(later, group)
    return kept


def _absorbs(later: Group, group: Group) -> bool:
    same = (
        later.source == group.source
        and later.entity == group.entity
        and later.position == group.position
        and later.rows == group.rows
        and later.keys == group.keys
        and not later.existence
        and group.ancestors <= later.ancestors
    )
    return same and not conflict((*later.inputs, *group.inputs))


def _absorb(later: Group, group: Group) -> None:
    later.required = join_inputs((*later.required, *group.required))
    later.condition = at_least(later.condition, group.condition)
    later.cells = either_rows(later.cells, group.cells)
    later.supplies |= group.supplies
    later.unless = in_both(later.unless, group.unless)
    for placed in group.selections:
        place(later.selections, placed)


def _request(group: Group) -> _Request:
    request = _Request([group], group.selections)
    if not group.root:
        path = tuple(step.raw for step in group.position)
        for name in (group.entity,) if group.entity is not None else sorted(group.types):
            request.entities[name] = group.inputs
            request.paths[name] = {path}
    return request


def _can_join(request: _Request, other: _Request, supergraph: Supergraph) -> bool:
    """Whether entities of other types or at other positions can go along.

    One type is asked for the same everywhere, so nothing is asked that nobody wants; objects at one path may
    differ in their ancestors' types alone, and share a request all the same.
    """
    if other.first.root or request.first.existence or other.first.existence:
        return False
    common = request.entities.keys() & other.entities.keys()
    if any(request.entities[name] != other.entities[name] for name in common):
        return False
    plain = all(group.entity is None for group in (*request.groups, *other.groups))
    if not plain and request.entities.keys() != other.entities.keys():
        return False
    apart = [
        name for name in common if request.paths[name] != other.paths[name] or len(request.paths[name]) > 1
    ]
    return not apart or all(
        _asked_of(request, name, supergraph) == _asked_of(other, name, supergraph) for name in apart
    )


def _asked_of(request: _Request, name: str, supergraph: Supergraph) -> list[FieldSelection]:
    """What a request selects of one type of entity."""
    selections = _selections(request, supergraph)
    if request.first.entity is not None:
        return list(selections)
    own = frozenset({name})
    return sorted(
        (replace(item, types=own) for item in selections if name in item.types),
        key=lambda item: item.response,
    )


def _join(request: _Request, other: _Request) -> None:
    request.groups += other.groups
    request.entities |= other.entities
    for name, paths in other.paths.items():
        request.paths.setdefault(name, set()).update(paths)
    for placed in other.placed:
        place(request.placed, placed)


def _node(
    request: _Request,
    number_of: dict[Group, int],
    directives: tuple[Directive, ...],
    supergraph: Supergraph,
) -> FetchNode:
    first = request.first
    entities = [EntityInput(name, inputs) for name, inputs in request.entities.items()]
    spec = FetchSpec(
        source=first.source,
        kind=FetchKind.ROOT if first.root else FetchKind.ENTITIES,
        type_name=min(first.types) if first.root else entities[0].type_name,
        selections=_selections(request, supergraph),
        inputs=() if first.root else entities[0].inputs,
        rows=first.rows,
        others=tuple(entities[1:]),
        directives=directives,
    )
    return FetchNode(
        id=request.id,
        spec=spec,
        entries=tuple(
            Entry(group.position, group.inputs, group.entity, group.fallbacks, group.unless)
            for group in request.groups
        ),
        depends_on=frozenset(number_of[other] for group in request.groups for other in group.depends_on),
        condition=first.condition,
        existence=first.existence,
        cells=first.cells,
        supplies=tuple(dict.fromkeys(item for group in request.groups for item in group.supplies)),
    )


def _selections(request: _Request, supergraph: Supergraph) -> tuple[FieldSelection, ...]:
    group = request.first
    selections = tuple(_selection(placed, group, group.condition, supergraph) for placed in request.placed)
    if selections or group.root:
        return selections
    own = frozenset({group.entity}) if group.entity is not None else group.types
    keys = tuple(FieldSelection(part.raw, part.field, own) for part in group.inputs if not part.children)
    return keys or (FieldSelection(TYPENAME, TYPENAME, own),)


def _selection(placed: Placed, group: Group, above: Condition, supergraph: Supergraph) -> FieldSelection:
    children = tuple(_selection(child, group, placed.condition, supergraph) for child in placed.children)
    if placed.targets and not children:
        children = (FieldSelection(TYPENAME, TYPENAME, placed.targets),)
    return FieldSelection(
        response=placed.raw,
        field=placed.field,
        types=placed.types if placed.as_type is None else frozenset({placed.as_type}),
        arguments=_arguments(placed, group.source, supergraph),
        condition=ALWAYS if placed.condition == above else placed.condition,
        children=children,
        rows=placed.rows,
        directives=_directives(placed.directives, supergraph),
    )


def _directives(applied: tuple[Applied, ...], supergraph: Supergraph) -> tuple[Directive, ...]:
    known = {one.name: one.args for one in supergraph.schema.directives} if applied else {}
    return tuple(
        Directive(
            one.name,
            tuple(
                Argument(item.name, str(known[one.name][item.name].type), item.slot) for item in one.arguments
            ),
            one.around,
            one.condition,
        )
        for one in applied
    )


def _arguments(placed: Placed, source: str, supergraph: Supergraph) -> tuple[Argument, ...]:
    if not placed.arguments:
        return ()
    said = _said(placed, source, supergraph)
    return tuple(Argument(item.name, said.arguments[item.name], item.slot) for item in placed.arguments)


def _said(placed: Placed, source: str, supergraph: Supergraph) -> FieldInSource:
    return supergraph.field(placed.as_type or min(placed.types), placed.field).sources[source]

"""The planner: an operation and its constraints become a query plan. Deterministic, bounded in counted units."""

import os

from connectors.base import ALWAYS, Argument, Condition, FetchKind, FetchSpec, FieldSelection, InputField
from gateway.constraints import Constraints
from gateway.operation.conditions import NEVER, either
from gateway.operation.model import Operation
from gateway.planning.checker import check_plan
from gateway.planning.output import OutputBuilder
from gateway.planning.placing import Group, Placed, Placer
from gateway.planning.plan import FetchNode, LookupSeed, OutputField, QueryPlan, Step, output_fields
from gateway.planning.wants import WantBuilder, Wants, WorkBudget
from gateway.supergraph.model import TYPENAME, FieldSet, KeyField, Supergraph

CHECK_PLANS = os.environ.get("HUITONG_CHECK_PLANS") == "1"
"""Whether every plan is proved before it is used: on in the tests, and for whoever develops."""


class PlanningError(Exception):
    """An operation that validates cannot be planned: composition let something through. Ours to mend."""


def plan_operation(operation: Operation, constraints: Constraints, supergraph: Supergraph) -> QueryPlan:
    """Plan one query. Raises RequestRefused past the work budget, PlanningError when composition was wrong."""
    budget = WorkBudget()
    builder = OutputBuilder(supergraph, constraints)
    output = builder.build(operation)
    placer = Placer(supergraph, budget)
    seeds = _place_lookups(output, supergraph, placer, WantBuilder(supergraph, budget))
    permitted = [item for item in output_fields(output) if item.permit is not None and item.field != TYPENAME]
    coordinates = [(f"{name}.{item.field}", item) for item in permitted for name in item.types]
    plan = QueryPlan(
        seeds=seeds,
        nodes=tuple(_node(group, supergraph) for group in placer.groups),
        output=output,
        denials=tuple(builder.denials),
        conditional=_named([name for name, item in coordinates if item.permit and item.permit.conditional]),
        masked=_named([name for name, item in coordinates if item.permit and item.permit.masked]),
    )
    if CHECK_PLANS:
        check_plan(plan, supergraph, constraints)
    return plan


def _named(coordinates: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(coordinates)))


def _place_lookups(
    output: tuple[OutputField, ...], supergraph: Supergraph, placer: Placer, builder: WantBuilder
) -> tuple[LookupSeed, ...]:
    by_raw: dict[str, list[OutputField]] = {}
    for item in output:
        if item.permit is not None and item.targets:
            by_raw.setdefault(item.raw, []).append(item)
    return tuple(_place_lookup(same, supergraph, placer, builder) for same in by_raw.values())


def _place_lookup(
    same: list[OutputField], supergraph: Supergraph, placer: Placer, builder: WantBuilder
) -> LookupSeed:
    """Plan one lookup for all the aliases that ask it with the same arguments."""
    first = same[0]
    lookup = supergraph.lookups[first.field]
    step = Step(first.raw, first.targets, lookup.type_name, first.rows)
    key = (KeyField(lookup.key_field),)
    wants, condition = Wants(), NEVER
    for item in same:
        builder.fill(wants, item)
        condition = either(condition, item.condition)
    places = tuple(item.place for item in same)
    try:
        placer.lookup(step, lookup.record, lookup.type_name, key, wants, condition, places)
    except LookupError as error:
        raise PlanningError(f"no source answers {error} below {first.place.coordinate}") from None
    slot = next(argument.slot for argument in first.arguments if argument.name == lookup.argument)
    return LookupSeed(first.raw, lookup.type_name, lookup.key_field, slot, condition)


def _node(group: Group, supergraph: Supergraph) -> FetchNode:
    selections = [_selection(placed, group, group.condition, supergraph) for placed in group.selections]
    if not selections:
        own = frozenset({group.type_name})
        selections = [FieldSelection(part.name, part.name, own) for part in group.key if not part.children]
    spec = FetchSpec(
        source=group.source,
        kind=FetchKind.ENTITIES,
        type_name=group.type_name,
        selections=tuple(selections),
        inputs=_inputs(group.key),
        rows=group.rows,
    )
    return FetchNode(
        id=group.number,
        spec=spec,
        position=group.position,
        depends_on=frozenset(other.number for other in group.depends_on),
        condition=group.condition,
        existence=group.existence,
        cells=group.cells,
        supplies=tuple(group.supplies),
    )


def _inputs(key: FieldSet) -> tuple[InputField, ...]:
    return tuple(InputField(part.name, _inputs(part.children)) for part in key)


def _selection(placed: Placed, group: Group, above: Condition, supergraph: Supergraph) -> FieldSelection:
    children = tuple(_selection(child, group, placed.condition, supergraph) for child in placed.children)
    if placed.targets and not children:
        children = (FieldSelection(TYPENAME, TYPENAME, placed.targets),)
    return FieldSelection(
        response=placed.raw,
        field=placed.field,
        types=placed.types,
        arguments=_arguments(placed, group.source, supergraph),
        condition=ALWAYS if placed.condition == above else placed.condition,
        children=children,
        rows=placed.rows,
    )


def _arguments(placed: Placed, source: str, supergraph: Supergraph) -> tuple[Argument, ...]:
    if not placed.arguments:
        return ()
    said = supergraph.field(min(placed.types), placed.field).sources[source]
    return tuple(Argument(item.name, said.arguments[item.name], item.slot) for item in placed.arguments)

"""The planner: an operation and its constraints become a query plan. Deterministic, bounded in counted units.

The passes, in order: what leaves (output), what is wanted (wants), which source answers it (resolving), which
fetches that makes (placing), which of them share a request (staging).
"""

import os

from gateway.constraints import Constraints
from gateway.errors import Code, GraphQLProblem, RequestRefused
from gateway.operation.model import Operation, OperationKind
from gateway.planning.budget import WorkBudget
from gateway.planning.checker import check_plan
from gateway.planning.inputs import InputBook
from gateway.planning.output import OutputBuilder
from gateway.planning.placing import Placer
from gateway.planning.plan import LookupSeed, QueryPlan, Step, output_fields
from gateway.planning.raw_keys import RawKeys
from gateway.planning.resolution import Resolution
from gateway.planning.resolving import Resolver
from gateway.planning.staging import stage
from gateway.planning.standing import Atlas, Standing
from gateway.planning.wants import Want, WantBuilder
from gateway.supergraph.model import MUTATION_ROOT, QUERY_ROOT, TYPENAME, KeyField, Lookup, Supergraph

CHECK_PLANS = os.environ.get("HUITONG_CHECK_PLANS") == "1"
"""Whether every plan is proved before it is used: on in the tests, and for whoever develops."""


class PlanningError(RequestRefused):
    """An operation that validates cannot be planned: whoever composed the supergraph let something through."""

    def __init__(self, want: Want) -> None:
        place = next(iter(want.places))
        message = f"No source can answer {place.coordinate} at {'.'.join(place.response_path)}."
        super().__init__([GraphQLProblem(Code.UNANSWERABLE, message)])


def plan_operation(
    operation: Operation, constraints: Constraints, supergraph: Supergraph, atlas: Atlas | None = None
) -> QueryPlan:
    """Plan one query or mutation. `atlas`: what is known of the supergraph from earlier plans.

    Raises RequestRefused past the work budget, as PlanningError when composition was wrong.
    """
    budget = WorkBudget()
    atlas = atlas or Atlas(supergraph)
    keys = RawKeys(atlas.field_names)
    builder = OutputBuilder(supergraph, constraints, keys)
    output = builder.build(operation)
    book = InputBook(supergraph, _taken_names(operation), keys)
    resolver = Resolver(atlas, book, budget)
    placer = Placer(book, budget)
    wants = WantBuilder(supergraph, budget).root(output)
    seeds = _place_root(list(wants), operation, supergraph, resolver, placer)
    permitted = [item for item in output_fields(output) if item.permit is not None and item.field != TYPENAME]
    coordinates = [(f"{name}.{item.field}", item) for item in permitted for name in item.types]
    plan = QueryPlan(
        seeds=seeds,
        nodes=stage(
            placer.groups,
            supergraph,
            _mixed(constraints, supergraph),
            operation.directives if constraints.open else (),
        ),
        output=output,
        denials=tuple(builder.denials),
        conditional=_named([name for name, item in coordinates if item.permit and item.permit.conditional]),
        masked=_named([name for name, item in coordinates if item.permit and item.permit.masked]),
        root_type=operation.kind.root_type,
        constants=book.constants,
        exact=constraints.open,
    )
    if CHECK_PLANS:
        check_plan(plan, supergraph, constraints)
    return plan


def _mixed(constraints: Constraints, supergraph: Supergraph) -> frozenset[str]:
    """The sources whose fetches may be joined: none under a policy, where a failure names selections.

    Which of them lack something because an input failed, could not be told of a joined fetch.
    """
    if not constraints.open:
        return frozenset()
    return frozenset(name for name, source in supergraph.sources.items() if source.capabilities.mixed)


def _named(coordinates: list[str]) -> tuple[str, ...]:
    return tuple(sorted(set(coordinates)))


def _taken_names(operation: Operation) -> frozenset[str]:
    variables = operation.definition.variable_definitions or ()
    return frozenset(operation.slots) | {item.variable.name.value for item in variables}


def _place_root(
    wants: list[Want], operation: Operation, supergraph: Supergraph, resolver: Resolver, placer: Placer
) -> tuple[LookupSeed, ...]:
    """Place what is wanted at the root: lookups by themselves, mutations one after the other, the rest together."""
    if operation.kind is OperationKind.MUTATION:
        for want in wants:
            placer.mutation(_resolved((want,), MUTATION_ROOT, resolver))
        return ()
    lookups = [want for want in wants if want.field in supergraph.lookups]
    seeds = tuple(_place_lookup(want, supergraph, resolver, placer) for want in lookups)
    others = tuple(want for want in wants if want.field not in supergraph.lookups)
    if others:
        placer.root(_resolved(others, QUERY_ROOT, resolver))
    return seeds


def _resolved(wants: tuple[Want, ...], root: str, resolver: Resolver) -> Resolution:
    return _whole(resolver.resolve(wants, Standing("", frozenset({root}))))


def _whole(resolved: Resolution) -> Resolution:
    for want in resolved.residue:
        while want.children:
            want = next(iter(want.children))
        raise PlanningError(want)
    return resolved


def _place_lookup(want: Want, supergraph: Supergraph, resolver: Resolver, placer: Placer) -> LookupSeed:
    """Plan one lookup for all the aliases that ask it with the same arguments."""
    lookup = supergraph.lookups[want.field]
    step = Step(want.raw, want.targets, lookup.type_name, want.rows)
    at = Standing(lookup.record, frozenset({lookup.type_name}))
    resolved = _whole(resolver.resolve(want.children, at))
    placer.lookup(step, (KeyField(lookup.key_field),), resolved, want.condition, tuple(want.places))
    return LookupSeed(want.raw, lookup.type_name, lookup.key_field, _slot(want, lookup), want.condition)


def _slot(want: Want, lookup: Lookup) -> str:
    return next(argument.slot for argument in want.arguments if argument.name == lookup.argument)

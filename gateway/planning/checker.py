"""The plan checker: proves of one plan what every plan promises.

It runs on every plan while `HUITONG_CHECK_PLANS=1` (tests, development) and shares no code with placement:
each fetch can be asked of its source, each input was fetched before, nothing is fetched that is neither
permitted nor an input, and every output field is supplied.
"""

from collections.abc import Iterator

from connectors.base import FieldSelection, GuardTerm, InputField, RowFilter
from gateway.constraints import Constraints, Deny, LookupPermit
from gateway.planning.plan import FetchNode, OutputField, QueryPlan, output_fields
from gateway.supergraph.model import QUERY_ROOT, TYPENAME, Supergraph


class PlanFault(AssertionError):
    """A plan breaks a promise."""


Place = tuple[str, ...]
"""A position as its raw keys."""


def check_plan(plan: QueryPlan, supergraph: Supergraph, constraints: Constraints) -> None:
    """Raise PlanFault when the plan is wrong for this supergraph and these constraints."""
    supplied: dict[int, set[tuple[Place, str, str]]] = {}
    for node in plan.nodes:
        if not all(other in supplied for other in node.depends_on):
            raise PlanFault(f"#{node.id} depends on a fetch that comes later")
        before = set().union(*(supplied[other] for other in node.depends_on))
        before |= {((seed.raw,), seed.type_name, seed.key_field) for seed in plan.seeds}
        _check_inputs(node, before)
        at = tuple(step.raw for step in node.position)
        own = set(_supplied(node.spec.selections, frozenset({node.spec.type_name}), at, node, supergraph))
        supplied[node.id] = before | own
    everything = set().union(*supplied.values()) if supplied else set()
    _check_output(plan.output, frozenset({QUERY_ROOT}), (), everything)
    _check_permitted(plan, supergraph, constraints)


def _check_inputs(node: FetchNode, before: set[tuple[Place, str, str]]) -> None:
    at = tuple(step.raw for step in node.position)
    for part in node.spec.inputs:
        _check_input(part, node.spec.type_name, at, before, node)


def _check_input(
    part: InputField, type_name: str | None, at: Place, before: set[tuple[Place, str, str]], node: FetchNode
) -> None:
    known = any(
        place == at and raw == part.field and type_name in (None, name) for place, name, raw in before
    )
    if not known:
        raise PlanFault(f"#{node.id} needs {part.field} at {'.'.join(at)}, which nothing has fetched before")
    for child in part.children:
        _check_input(child, None, (*at, part.field), before, node)


def _supplied(
    selections: tuple[FieldSelection, ...],
    possible: frozenset[str],
    at: Place,
    node: FetchNode,
    supergraph: Supergraph,
) -> Iterator[tuple[Place, str, str]]:
    """What a fetch supplies as (place, concrete type, raw key); each selection is checked on the way."""
    if not selections:
        raise PlanFault(f"#{node.id} has an empty selection at {'.'.join(at)}")
    seen: set[tuple[str, str]] = set()
    for item in selections:
        for type_name in item.types & possible:
            if (item.response, type_name) in seen:
                raise PlanFault(f"#{node.id} asks {item.response} twice on {type_name}")
            seen.add((item.response, type_name))
            yield at, type_name, item.response
            if item.field == TYPENAME:
                continue
            known = supergraph.types[type_name].fields[item.field]
            said = known.sources.get(node.spec.source)
            if said is None or said.external:
                raise PlanFault(f"#{node.id}: {node.spec.source} does not resolve {type_name}.{item.field}")
            if not {argument.name for argument in item.arguments} <= said.arguments.keys():
                raise PlanFault(f"#{node.id}: {node.spec.source} does not know an argument of {item.field}")
            inner = supergraph.possible(said.type.name) if said.type.name in supergraph.types else frozenset()
            if inner:
                yield from _supplied(item.children, inner, (*at, item.response), node, supergraph)
            elif item.children:
                raise PlanFault(f"#{node.id}: {type_name}.{item.field} is a leaf")


def _check_output(
    fields: tuple[OutputField, ...], types: frozenset[str], at: Place, supplied: set[tuple[Place, str, str]]
) -> None:
    for item in fields:
        if item.permit is None or item.field.startswith("__"):
            continue
        inside = (*at, item.raw)
        if at:
            for type_name in item.types & types:
                if (at, type_name, item.raw) not in supplied:
                    raise PlanFault(f"nothing supplies {item.place.coordinate} at {'.'.join(inside)}")
        _check_output(item.children, item.targets, inside, supplied)


def _check_permitted(plan: QueryPlan, supergraph: Supergraph, constraints: Constraints) -> None:
    """What leaves is permitted, and what is fetched beside it is the input of a guard or of a fetch."""
    for item in output_fields(plan.output):
        if item.permit is None or item.field.startswith("__"):
            continue
        for name in item.types:
            decision = (
                constraints.root(item.field) if name == QUERY_ROOT else constraints.field(name, item.field)
            )
            if isinstance(decision, Deny) or (
                not isinstance(decision, LookupPermit) and decision != item.permit
            ):
                raise PlanFault(f"{name}.{item.field} leaves against its decision")
    allowed = _needed_fields(plan, supergraph)
    for node in plan.nodes:
        for name, field in _asked(node.spec.selections, frozenset({node.spec.type_name}), supergraph):
            if (name, field) not in allowed:
                raise PlanFault(f"#{node.id} fetches {name}.{field}, which nobody may see and nothing needs")


def _needed_fields(plan: QueryPlan, supergraph: Supergraph) -> set[tuple[str, str]]:
    needed: set[tuple[str, str]] = set()
    filters: list[tuple[str, RowFilter]] = []
    for item in output_fields(plan.output):
        if item.permit is not None:
            needed |= {(name, item.field) for name in item.types}
            filters += item.rows
            filters += [(name, RowFilter(tuple(candidate.guards for candidate in item.permit.candidates)))
                        for name in item.types if name != QUERY_ROOT]  # fmt: skip
    for name, rows in filters:
        for term in (term for terms in rows.any_of for term in terms):
            needed |= _guard_fields(name, term, supergraph)
    for node in plan.nodes:
        needed |= {(node.spec.type_name, part.field) for part in node.spec.inputs}
    return needed


def _guard_fields(type_name: str, term: GuardTerm, supergraph: Supergraph) -> set[tuple[str, str]]:
    fields: set[tuple[str, str]] = set()
    types = {type_name}
    for step in term.path:
        fields |= {(name, step.field) for name in types}
        target = supergraph.types[min(types)].fields[step.field].type.name
        types = set(supergraph.possible(target)) if target in supergraph.types else set()
        if step.narrow:
            types &= {step.narrow}
    return fields


def _asked(
    selections: tuple[FieldSelection, ...], possible: frozenset[str], supergraph: Supergraph
) -> Iterator[tuple[str, str]]:
    for item in selections:
        if item.field == TYPENAME:
            continue
        for name in item.types & possible:
            yield name, item.field
            target = supergraph.types[name].fields[item.field].type.name
            if item.children:
                yield from _asked(item.children, supergraph.possible(target), supergraph)

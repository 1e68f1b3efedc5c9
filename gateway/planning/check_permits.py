"""The checker's second half: nothing leaves against its decision, nothing is fetched that nobody may see or needs."""

from collections.abc import Iterator

from connectors.base import FieldSelection, GuardTerm, InputField, RowFilter
from gateway.constraints import Constraints, Deny, Permit
from gateway.planning.faults import PlanFault
from gateway.planning.plan import FetchNode, OutputField, QueryPlan, output_fields
from gateway.supergraph.model import ROOTS, TYPENAME, FieldSet, Supergraph


def check_permitted(plan: QueryPlan, supergraph: Supergraph, constraints: Constraints) -> None:
    """Raise PlanFault when what leaves is denied, or what is fetched beside it is no input of a guard or fetch."""
    for item in output_fields(plan.output):
        if item.permit is not None and not item.field.startswith("__"):
            for name in item.types:
                _check_decision(name, item, constraints)
    allowed = _needed_fields(plan, supergraph)
    for node in plan.nodes:
        for name, field in _asked(node.spec.selections):
            names = _concrete(name, node.spec.source, supergraph)
            if not any((one, field) in allowed for one in names):
                raise PlanFault(f"#{node.id} fetches {name}.{field}, which nobody may see and nothing needs")


def _check_decision(name: str, item: OutputField, constraints: Constraints) -> None:
    decide = constraints.root if name in ROOTS else constraints.field
    decision = decide(name, item.field)
    if isinstance(decision, Deny) or (isinstance(decision, Permit) and decision != item.permit):
        raise PlanFault(f"{name}.{item.field} leaves against its decision")


def _needed_fields(plan: QueryPlan, supergraph: Supergraph) -> set[tuple[str, str]]:
    needed: set[tuple[str, str]] = set()
    filters: set[tuple[str, RowFilter]] = set()
    for item in output_fields(plan.output):
        if item.permit is not None:
            needed |= {(name, item.field) for name in item.types}
            filters |= {(name, rows) for name, rows in item.rows if not rows.is_everything}
            cells = RowFilter(tuple(candidate.guards for candidate in item.permit.candidates))
            if cells.any_of != ((),):
                filters |= {(name, cells) for name in item.types if name not in ROOTS}
    for name, rows in filters:
        for term in (term for terms in rows.any_of for term in terms):
            needed |= _guard_fields(name, term, supergraph)
    for node in plan.nodes:
        for entry in node.entries:
            types = entry.position[-1].types if entry.position else frozenset[str]()
            for inputs in (entry.inputs, *entry.fallbacks):
                needed |= set(_input_fields(inputs, types, supergraph))
        needed |= set(_required_beside(node, supergraph))
    return needed


def _required_beside(node: FetchNode, supergraph: Supergraph) -> Iterator[tuple[str, str]]:
    """What fields require: their source may have it at hand, so that it is asked for beside them."""
    for name, field in _asked(node.spec.selections):
        known = supergraph.types[name].fields.get(field)
        said = known.sources.get(node.spec.source) if known else None
        if said is not None:
            yield from _set_fields(said.requires, _concrete(name, node.spec.source, supergraph), supergraph)


def _set_fields(fields: FieldSet, types: frozenset[str], supergraph: Supergraph) -> Iterator[tuple[str, str]]:
    for part in fields:
        for name in types if part.on is None else types & supergraph.possible(part.on):
            if part.name in supergraph.types[name].fields:
                yield name, part.name
                target = supergraph.field(name, part.name).type.name
                yield from _set_fields(part.children, supergraph.possible(target), supergraph)


def _input_fields(
    inputs: tuple[InputField, ...], types: frozenset[str], supergraph: Supergraph
) -> Iterator[tuple[str, str]]:
    for part in inputs:
        for name in types if part.types is None else types & part.types:
            if part.field == TYPENAME or part.field not in supergraph.types[name].fields:
                continue
            yield name, part.field
            target = supergraph.field(name, part.field).type.name
            yield from _input_fields(part.children, supergraph.possible(target), supergraph)


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


def _asked(selections: tuple[FieldSelection, ...]) -> Iterator[tuple[str, str]]:
    """Every field that is asked for, on each type that its source knows: objects, and interface objects."""
    for item in selections:
        if item.field != TYPENAME:
            yield from ((name, item.field) for name in item.types)
            yield from _asked(item.children)


def _concrete(name: str, source: str, supergraph: Supergraph) -> frozenset[str]:
    """The concrete types that a source may mean: of an interface object, which one, only the objects tell."""
    said = supergraph.types[name].sources.get(source)
    return supergraph.possible(name) if said is not None and said.interface_object else frozenset({name})

"""The checker's second half: nothing leaves against its decision, nothing is fetched that nobody may see or needs."""

from collections.abc import Iterator

from connectors.base import FieldSelection, GuardTerm, InputField, RowFilter
from gateway.constraints import Constraints, Deny, Permit
from gateway.planning.faults import PlanFault
from gateway.planning.plan import OutputField, QueryPlan, output_fields
from gateway.supergraph.model import ROOTS, TYPENAME, FieldSet, Supergraph


def check_permitted(plan: QueryPlan, supergraph: Supergraph, constraints: Constraints) -> None:
    """Raise PlanFault when what leaves is denied, or what is fetched beside it is no input of a guard or fetch."""
    for item in output_fields(plan.output):
        if item.permit is not None and not item.field.startswith("__"):
            for name in item.types:
                _check_decision(name, item, constraints)
    allowed = _needed_fields(plan, supergraph)
    for node in plan.nodes:
        for names, field in _asked(node.spec.selections, node.spec.source, supergraph):
            if not any((name, field) in allowed for name in names):
                what = f"{min(names)}.{field}"
                raise PlanFault(f"#{node.id} fetches {what}, which nobody may see and nothing needs")


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
        for asked in _every(node.spec.selections):
            for name in asked.types:
                needed |= set(_required_beside(asked.field, name, node.spec.source, supergraph))
    return needed


def _every(selections: tuple[FieldSelection, ...]) -> Iterator[FieldSelection]:
    for item in selections:
        yield item
        yield from _every(item.children)


def _required_beside(
    field: str, type_name: str, source: str, supergraph: Supergraph
) -> Iterator[tuple[str, str]]:
    """What a field requires: its source may have it at hand, so that it is asked for beside the field."""
    for owner in supergraph.types.values():
        said = owner.sources.get(source)
        abstracted = said is not None and said.interface_object and type_name in owner.possible
        known = owner.fields.get(field) if abstracted or owner.name == type_name else None
        if known is not None and source in known.sources:
            yield from _set_fields(known.sources[source].requires, frozenset({type_name}), supergraph)


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


def _asked(
    selections: tuple[FieldSelection, ...], source: str, supergraph: Supergraph
) -> Iterator[tuple[frozenset[str], str]]:
    """Every field that is asked for, with the concrete types of which one must need it."""
    for item in selections:
        if item.field == TYPENAME:
            continue
        for name in item.types:
            said = supergraph.types[name].sources.get(source)
            if said is not None and said.interface_object:
                yield supergraph.possible(name), item.field  # which of them, only the objects tell
            else:
                yield frozenset({name}), item.field
        yield from _asked(item.children, source, supergraph)

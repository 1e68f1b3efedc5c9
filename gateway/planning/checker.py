"""The plan checker: proves of one plan what every plan promises.

It runs on every plan while `HUITONG_CHECK_PLANS=1` (tests, development) and shares no code with placement:
each fetch can be asked of its source, each input was fetched before for every type that it is used for, nothing is
fetched that is neither permitted nor an input, and every output field is supplied.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made

from connectors.base import FetchKind, FieldSelection, InputField
from gateway.constraints import Constraints
from gateway.operation.conditions import NEVER
from gateway.planning.check_permits import check_permitted
from gateway.planning.faults import PlanFault
from gateway.planning.plan import Entry, FetchNode, OutputField, QueryPlan, types_of
from gateway.supergraph.model import TYPENAME, FieldInSource, FieldSet, Supergraph

Where = tuple[str, ...]
"""A position as its raw keys."""


@dataclass(slots=True)
class _Supply:
    """What fetches supply: values by (place, concrete type, raw key), and the types that objects there can have."""

    values: set[tuple[Where, str, str]] = made(default_factory=set)
    types: dict[Where, frozenset[str]] = made(default_factory=dict)

    def join(self, other: "_Supply") -> None:
        self.values |= other.values
        for where, types in other.types.items():
            self.types[where] = self.types.get(where, types) & types


def check_plan(plan: QueryPlan, supergraph: Supergraph, constraints: Constraints) -> None:
    """Raise PlanFault when the plan is wrong for this supergraph and these constraints."""
    supplied: dict[int, set[tuple[Where, str, str]]] = {}
    perhaps: dict[int, set[tuple[Where, str, str]]] = {}  # also what is fetched for some objects alone
    everything = _Supply()
    for seed in plan.seeds:
        everything.values |= {((seed.raw,), seed.type_name, seed.key_field), ((), plan.root_type, seed.raw)}
        everything.types[(seed.raw,)] = frozenset({seed.type_name})
    seeded = frozenset(everything.values)
    for node in plan.nodes:
        if not all(other in supplied for other in node.depends_on):
            raise PlanFault(f"#{node.id} depends on a fetch that comes later")
        before = set(seeded).union(*(supplied[other] for other in node.depends_on))
        more = before.union(*(perhaps[other] for other in node.depends_on))
        own, partial = _Supply(), _Supply()
        for entry in node.entries:
            _check_entry(node, entry, before, more, everything.types)
            _NodeCheck(node, supergraph, partial if entry.unless else own).check(entry)
        everything.join(own)
        supplied[node.id] = before | own.values
        perhaps[node.id] = more | own.values | partial.values
    _check_output(plan.output, frozenset({plan.root_type}), (), everything)
    check_permitted(plan, supergraph, constraints)


def _check_entry(
    node: FetchNode,
    entry: Entry,
    before: set[tuple[Where, str, str]],
    more: set[tuple[Where, str, str]],
    types: Mapping[Where, frozenset[str]],
) -> None:
    """`before`: what every object has; `more`: also what those have that lack the keys of an `unless`."""
    where = tuple(step.raw for step in entry.position)
    if node.spec.kind is FetchKind.ROOT:
        return
    first = more if entry.unless else before
    known = [(entry.inputs, first), *((inputs, more) for inputs in (*entry.fallbacks, *entry.unless))]
    for type_name in entry.position[-1].types:
        for part, there in ((part, there) for inputs, there in known for part in inputs):
            if part.types is None or type_name in part.types:
                _check_input(part, type_name, where, there, types, node)


def _check_input(
    part: InputField,
    type_name: str | None,
    where: Where,
    before: set[tuple[Where, str, str]],
    types: Mapping[Where, frozenset[str]],
    node: FetchNode,
) -> None:
    raw = part.raw or part.field
    if type_name is None:
        known = any(place == where and key == raw for place, _, key in before)
    else:
        known = (where, type_name, raw) in before
    if not known:
        raise PlanFault(f"#{node.id} needs {raw} at {'.'.join(where)}, which nothing has fetched before")
    inside = (*where, raw)
    for child in part.children:
        if child.types is None or child.types & types.get(inside, child.types):
            _check_input(child, None, inside, before, types, node)


class _NodeCheck:
    """Checks what one fetch selects, and takes note of what it supplies."""

    def __init__(self, node: FetchNode, supergraph: Supergraph, supply: _Supply) -> None:
        self.node = node
        self.supergraph = supergraph
        self.supply = supply

    def check(self, entry: Entry) -> None:
        where = tuple(step.raw for step in entry.position)
        if self.node.spec.kind is FetchKind.ROOT:
            self._object(self.node.spec.selections, frozenset({self.node.spec.type_name}), where, (), ())
            return
        types = entry.position[-1].types
        self._object(self.node.spec.selections, types, where, (), entry.inputs)

    def _object(
        self,
        selections: tuple[FieldSelection, ...],
        possible: frozenset[str],
        where: Where,
        provided: FieldSet,
        inputs: tuple[InputField, ...] | None,
    ) -> None:
        """`inputs`: what the source was given for this object; None: nothing, it came with the answer."""
        if not selections:
            raise PlanFault(f"#{self.node.id} has an empty selection at {'.'.join(where)}")
        seen: set[tuple[str, str]] = set()
        for item in selections:
            for owner, type_name in self._concrete(item, possible):
                if (item.response, type_name) in seen:
                    raise PlanFault(f"#{self.node.id} asks {item.response} twice on {type_name}")
                seen.add((item.response, type_name))
                self.supply.values.add((where, type_name, item.response))
                if item.field != TYPENAME:
                    self._field(item, owner, type_name, where, provided, inputs, selections)

    def _concrete(self, item: FieldSelection, possible: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Each (type that the source knows, concrete type) that a selection is for."""
        for name in item.types:
            said = self.supergraph.types[name].sources.get(self.node.spec.source)
            if said is not None and said.interface_object:
                yield from ((name, concrete) for concrete in possible)
            elif name in possible:
                yield name, name

    def _field(
        self,
        item: FieldSelection,
        owner: str,
        type_name: str,
        where: Where,
        provided: FieldSet,
        inputs: tuple[InputField, ...] | None,
        beside: tuple[FieldSelection, ...],
    ) -> None:
        said = self._said(item, owner, type_name, provided)
        asked = frozenset({owner, type_name})
        if not _given(said.requires, type_name, inputs, self.supergraph) and not _is_asked(
            said.requires, asked, beside, self.supergraph
        ):
            raise PlanFault(f"#{self.node.id} lacks the inputs of {owner}.{item.field}")
        if not {argument.name for argument in item.arguments} <= said.arguments.keys():
            raise PlanFault(
                f"#{self.node.id}: {self.node.spec.source} does not know an argument of {item.field}"
            )
        target = self.supergraph.types.get(said.type.name)
        if target is None or not target.possible:
            if item.children:
                raise PlanFault(f"#{self.node.id}: {owner}.{item.field} is a leaf")
            return
        there = target.sources.get(self.node.spec.source)
        inner = target.possible if there is None or there.interface_object else there.possible
        inherited = tuple(child for part in provided if part.name == item.field for child in part.children)
        inside = (*where, item.response)
        self.supply.types[inside] = self.supply.types.get(inside, frozenset()) | inner
        self._object(item.children, inner, inside, (*said.provides, *inherited), None)

    def _said(self, item: FieldSelection, owner: str, type_name: str, provided: FieldSet) -> FieldInSource:
        known = self.supergraph.types[owner].fields.get(item.field)
        said = known.sources.get(self.node.spec.source) if known else None
        if said is None:
            raise PlanFault(f"#{self.node.id}: {self.node.spec.source} does not resolve {owner}.{item.field}")
        promised = any(
            part.name == item.field
            and (part.on is None or type_name == part.on or type_name in self.supergraph.possible(part.on))
            for part in provided
        )
        if said.external and not promised:
            raise PlanFault(f"#{self.node.id}: {owner}.{item.field} is external to {self.node.spec.source}")
        return said


def _given(
    required: FieldSet, type_name: str, inputs: tuple[InputField, ...] | None, supergraph: Supergraph
) -> bool:
    for part in required:
        if part.on is not None and type_name != part.on and type_name not in supergraph.possible(part.on):
            continue
        if not any(one.field == part.name for one in inputs or ()):
            return False
    return True


def _is_asked(
    required: FieldSet,
    names: frozenset[str],
    selections: tuple[FieldSelection, ...],
    supergraph: Supergraph,
) -> bool:
    """Whether the source is asked, beside a field, for all that it requires: then it has it at hand."""
    return all(
        any(
            item.field == part.name
            and not item.types.isdisjoint(names)
            and (
                not part.children
                or _is_asked(part.children, types_of(item.children), item.children, supergraph)
            )
            for item in selections
        )
        for part in required
        if part.on is None or not supergraph.possible(part.on).isdisjoint(names)
    )


def _check_output(
    fields: tuple[OutputField, ...], types: frozenset[str], where: Where, supply: _Supply
) -> None:
    for item in fields:
        if item.permit is None or item.field.startswith("__") or item.place.condition == NEVER:
            continue
        inside = (*where, item.raw)
        for type_name in item.types & types:
            if (where, type_name, item.raw) not in supply.values:
                raise PlanFault(f"nothing supplies {item.place.coordinate} at {'.'.join(inside)}")
        if not item.types & types:
            continue
        met = item.targets & supply.types.get(inside, item.targets)
        _check_output(item.children, met, inside, supply)

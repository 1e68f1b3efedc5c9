"""Projection: the raw tree becomes the answer. Aliases, visible rows, masks, completion of leaves.

The plan's output fields are compiled, once, into closures over the raw tree that build no path on the way.
Where errors name selections (policy on), all output is nullable: a value that is not what its type promises
becomes null with one error for its place, and nothing else is lost. Where errors name places of the data
(`plan.exact`), the closures serve the answers without a flaw, and raise `Flawed` at the first one: the whole
answer is then made again by `exact.py`, which knows paths and the bubbling of null.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from connectors.base import ALWAYS, FailureKind, Json, RowFilter, Variables
from gateway.constraints import Candidate, Permit
from gateway.execution.completion import INVALID, completion, unchanged
from gateway.execution.guards import Operands, visible
from gateway.execution.raw import Lost, RawObject
from gateway.masks import apply_mask
from gateway.operation.introspection import INTROSPECTION_FIELDS
from gateway.operation.limits import exceeded
from gateway.planning.plan import OutputField, Place, QueryPlan, Shape
from gateway.supergraph.model import TYPENAME, Supergraph

MAX_OBJECTS = 500_000
"""Objects in one answer. Data that leads in circles grows with every level that a query descends."""

MAX_SIZE = 32 * 1024 * 1024
"""Characters in one answer, when nothing else is said."""

_VALUE = 6  # what a value costs beside its text, at least: its key's quotes, a colon, a comma


class Flawed(Exception):
    """An answer in which something has to be told at its place: a failure, a denial, a broken promise."""


@dataclass(slots=True)
class Projecting:
    """What one request brings to a projection, and what is told of places that the client sees.

    `invalid`: where sources broke their promise; `lost`: where something visible did not come, by source.
    """

    operands: Operands
    variables: Variables
    invalid: dict[Place, str] = field(default_factory=dict)  # place → source
    lost: dict[tuple[str, Place], FailureKind] = field(default_factory=dict)
    objects_left: int = MAX_OBJECTS
    size: int = MAX_SIZE
    size_left: int = MAX_SIZE
    chosen: dict[int, list["_Entry"]] = field(
        default_factory=dict
    )  # per selection set, what conditions leave
    # Per selection set and object (its identity: the raw tree outlives this): what was written, how many objects, its size.
    written: dict[tuple[int, int], tuple[Json, int, int]] = field(default_factory=dict)


Writer: TypeAlias = Callable[[RawObject, Projecting], Json]
Projection: TypeAlias = Writer
Reader: TypeAlias = Callable[[Json, RawObject, Projecting], Json]
_Item: TypeAlias = Callable[[Json, Projecting], Json]
_Write: TypeAlias = Callable[[Writer, RawObject, Projecting], Json]
_Flaw: TypeAlias = Callable[[Json, Projecting], None]

_Entry: TypeAlias = tuple[str, str, tuple[type, ...], Reader]
"""Response key, raw key, the Python types of values that leave as they are, and what reads all others."""

_ABSENT: Final = object()
"""Stands for an object that is not visible: left out of its list."""


def compile_projection(plan: QueryPlan, supergraph: Supergraph) -> Projection:
    """The closure that makes the `data` of an answer from the root of a raw tree."""
    return _Compiler(plan.exact, supergraph).fields(plan.output, plan.root_type)


class _Compiler:
    def __init__(self, exact: bool, supergraph: Supergraph) -> None:
        self.exact = exact
        self.supergraph = supergraph
        self.sets = 0
        # A field of an interface is compiled once, however many types its object can have and stand in.
        self.entries: dict[tuple[int, str], _Entry] = {}
        self.writers: dict[int, dict[str, Writer]] = {}

    def fields(self, fields: tuple[OutputField, ...], type_name: str) -> Writer:
        """The writer of a selection set on one concrete type."""
        return self._writer(
            [(item, self._entry(item, type_name)) for item in fields if type_name in item.types]
        )

    def _writer(self, found: list[tuple[OutputField, _Entry]]) -> Writer:
        if all(_stands_still(item) for item, _ in found):
            entries = tuple(entry for _, entry in found)

            def write(row: RawObject, request: Projecting) -> Json:
                return {
                    response: value
                    if (value := row.get(raw)).__class__ in quick
                    else read(value, row, request)
                    for response, raw, quick, read in entries
                }

            return write
        self.sets += 1
        return _conditional(self.sets, found)

    def _entry(self, item: OutputField, type_name: str) -> _Entry:
        if item.permit is None:
            return item.response, item.raw, (), self._denied
        if item.field in INTROSPECTION_FIELDS:  # whoever answers those fills them in
            return item.response, item.raw, (), lambda _value, _row, _request: None
        if item.field == TYPENAME:
            return item.response, item.raw, (), lambda _value, _row, _request: type_name
        owner = "" if self.exact else _owner(item, type_name, self.supergraph)
        key = (id(item), owner)
        if key not in self.entries:
            self.entries[key] = self._permitted(item, item.permit, self._flaw(item.place, owner))
        return self.entries[key]

    def _permitted(self, item: OutputField, permit: Permit, flaw: _Flaw) -> _Entry:
        choose = _compile_permit(permit)
        if self.exact and (choose is not None or not all(rows.is_everything for _, rows in item.rows)):
            raise ValueError(
                f"{item.place.coordinate} has guards, though errors are to name places of the data"
            )
        if innermost(item.shape).leaf is None:
            read = _permitted_object(self._object_field(item, flaw), choose)
        else:
            read = _permitted_leaf(_leaf(item.shape, flaw), choose)
        return item.response, item.raw, _quick(item.shape, choose), read

    def _denied(self, _value: Json, _row: RawObject, _request: Projecting) -> Json:
        if self.exact:
            raise Flawed
        return None

    def _flaw(self, place: Place, owner: str) -> _Flaw:
        """What happens where a value is not as promised, or a failure took it away."""
        if self.exact:

            def fail(_value: Json, _request: Projecting) -> None:
                raise Flawed

            return fail

        def reject(value: Json, request: Projecting) -> None:
            if isinstance(value, Lost):
                request.lost.setdefault((value.source, place), value.failure.kind)
            else:
                request.invalid.setdefault(place, owner)

        return reject

    def _object_field(self, item: OutputField, flaw: _Flaw) -> _Item:
        filtered = any(not rows.is_everything for _, rows in item.rows)
        read = _in_lists(item.shape, self._object(item, flaw), flaw, _without_absent if filtered else _whole)

        def read_field(value: Json, request: Projecting) -> Json:
            found = read(value, request)
            return None if found is _ABSENT else found

        return read_field

    def _object(self, item: OutputField, flaw: _Flaw) -> _Item:
        """One object: `_ABSENT` where its row is not there for this request."""
        filters = {name: rows for name, rows in item.rows if not rows.is_everything}
        writers = self.writers.get(id(item))
        if writers is None:
            writers = {name: self.fields(item.children, name) for name in item.targets}
            self.writers[id(item)] = writers
        static = next(iter(item.targets)) if len(item.targets) == 1 else None
        untyped = None if len(item.targets) < 2 else self._untyped(item, tuple(set(filters.values())), flaw)
        written = self._once(item)

        def read(value: Json, request: Projecting) -> Json:
            if value.__class__ is not dict:
                if filters and value.__class__ is Lost:
                    return _ABSENT  # perhaps a row that is not visible: nothing of it is told
                return flaw(value, request)
            name = value.get(TYPENAME) or static  # it may be of a type that clients do not know
            write = writers.get(name) if name.__class__ is str else None
            if write is None:
                return flaw(value, request) if untyped is None else untyped(value, request)
            if name in filters and visible(value, filters[name], request.operands) is not True:
                return _ABSENT
            return written(write, value, request)

        return read

    def _once(self, item: OutputField) -> _Write:
        """How one object is written: where objects stand inside, once for all the places that it stands in."""
        if not any(child.targets for child in item.children):
            return _write
        self.sets += 1
        number = self.sets

        def write_once(write: Writer, value: RawObject, request: Projecting) -> Json:
            key = (number, id(value))
            known = request.written.get(key)
            if known is not None:
                _count(request, known[1], known[2])
                return known[0]
            objects, size = request.objects_left, request.size_left
            made = _write(write, value, request)
            request.written[key] = made, objects - request.objects_left, size - request.size_left
            return made

        return write_once

    def _untyped(self, item: OutputField, filters: tuple[RowFilter, ...], flaw: _Flaw) -> _Item:
        """An object whose type nothing has told: shown when it is visible, and answers, whatever its type is."""
        common = [one for one in item.children if one.field != TYPENAME and one.types >= item.targets]
        write = self._writer([(one, self._entry(one, min(item.targets))) for one in common])
        others = [
            one.condition for one in item.children if one.field == TYPENAME or not one.types >= item.targets
        ]
        nullable = not innermost(item.shape).non_null

        def read(value: Json, request: Projecting) -> Json:
            name = value.get(TYPENAME)
            if name is not None and name.__class__ is not Lost:
                return flaw(value, request)
            if not all(visible(value, rows, request.operands) is True for rows in filters):
                return _ABSENT
            if any(condition.holds(request.variables) for condition in others):
                return None if told_nothing(value) and nullable else flaw(name or value, request)
            return _write(write, value, request)

        return read


def told_nothing(value: RawObject) -> bool:
    """An object without a type because the source that knows its type does not know the object."""
    return TYPENAME in value and value[TYPENAME] is None


def _stands_still(item: OutputField) -> bool:
    """Whether a field is there in every request, and always at the same place among its siblings."""
    return item.condition == ALWAYS and all(condition == ALWAYS for _, condition in item.turns[:1])


def innermost(shape: Shape) -> Shape:
    """What stands inside any lists."""
    return shape if shape.item is None else innermost(shape.item)


def _write(write: Writer, value: RawObject, request: Projecting) -> Json:
    made = write(value, request)
    _count(request, 1, size_of(made))
    return made


def size_of(made: dict[str, Json]) -> int:
    """How long an object's own leaves are as text, at least: a bound that is looked at before anything is written.

    Aliases multiply what a source sends, so the size of its answer bounds nothing. The objects inside count by
    themselves, as do custom scalars that are objects.
    """
    size = _VALUE * len(made)
    for value in made.values():
        if value.__class__ is str:
            size += len(value)
        elif value.__class__ is list and not _holds_objects(value):
            size += deep_size(value)
    return size


def _holds_objects(value: Json) -> bool:
    """Whether the items of a list, or of lists in it, are objects; the first that is there tells."""
    while isinstance(value, list):
        value = next((item for item in value if item is not None), None)
    return isinstance(value, dict)


def deep_size(value: Json) -> int:
    """How long a value is as text, at least, with all that is inside."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, list):
        return sum(map(deep_size, value)) + len(value)
    if isinstance(value, dict):
        return sum(len(key) + _VALUE + deep_size(item) for key, item in value.items())
    return 1


def _count(request: Projecting, objects: int, size: int) -> None:
    request.objects_left -= objects
    request.size_left -= size
    if request.objects_left < 0:
        raise exceeded("objects", MAX_OBJECTS, "objects in one answer")
    if request.size_left < 0:
        raise exceeded("response_bytes", request.size, "bytes of answer")


def _conditional(number: int, found: list[tuple[OutputField, _Entry]]) -> Writer:
    """The writer of a selection set with conditions, which are looked at once in a request."""

    def write(row: RawObject, request: Projecting) -> Json:
        entries = request.chosen.get(number)
        if entries is None:
            there = [(item, entry) for item, entry in found if item.condition.holds(request.variables)]
            there.sort(key=lambda pair: pair[0].turn(request.variables))
            entries = [entry for _, entry in there]
            request.chosen[number] = entries
        return {
            response: value if (value := row.get(raw)).__class__ in quick else read(value, row, request)
            for response, raw, quick, read in entries
        }

    return write


def _owner(item: OutputField, type_name: str, supergraph: Supergraph) -> str:
    known = supergraph.types.get(type_name)
    if known is not None and item.field in known.fields:
        return next(iter(known.fields[item.field].resolvers), "")
    return supergraph.lookups[item.field].record


_Choose: TypeAlias = Callable[[RawObject, Operands], Candidate | None]


def _quick(shape: Shape, choose: _Choose | None) -> tuple[type, ...]:
    """What leaves as it is, unread: null always may where a candidate has yet to be chosen."""
    return unchanged(shape) if choose is None else (type(None),)


def _permitted_leaf(read: _Item, choose: _Choose | None) -> Reader:
    if choose is None:
        return lambda value, _row, request: read(value, request)

    def read_permitted(value: Json, row: RawObject, request: Projecting) -> Json:
        chosen = choose(row, request.operands)
        if chosen is None:
            return None
        whole = read(value, request)
        return whole if chosen.mask is None else apply_mask(chosen.mask, whole)

    return read_permitted


def _permitted_object(read: _Item, choose: _Choose | None) -> Reader:
    if choose is None:
        return lambda value, _row, request: read(value, request)

    def read_permitted(value: Json, row: RawObject, request: Projecting) -> Json:
        chosen = choose(row, request.operands)
        return None if chosen is None or chosen.mask is not None else read(value, request)

    return read_permitted


def _compile_permit(permit: Permit) -> _Choose | None:
    """Which candidate a row is read through: raw first, else the strictest mask; None: always raw."""
    if any(candidate.guards == () and candidate.mask is None for candidate in permit.candidates):
        return None
    raw_first = sorted(
        permit.candidates, key=lambda candidate: -1 if candidate.mask is None else candidate.mask.rank
    )
    filters = [(candidate, RowFilter((candidate.guards,))) for candidate in raw_first]

    def choose(row: RawObject, operands: Operands) -> Candidate | None:
        return next((candidate for candidate, rows in filters if visible(row, rows, operands) is True), None)

    return choose


def _leaf(shape: Shape, flaw: _Flaw) -> _Item:
    inner = innermost(shape)
    complete = completion(inner)

    def read(value: Json, request: Projecting) -> Json:
        completed = complete(value)
        if completed.__class__ is dict:
            _count(request, 0, deep_size(completed))
        return flaw(value, request) if completed is INVALID else completed

    return _in_lists(shape, read, flaw, _whole)


def _whole(items: list[Json]) -> list[Json]:
    return items


def _without_absent(items: list[Json]) -> list[Json]:
    return [item for item in items if item is not _ABSENT]


def _in_lists(shape: Shape, read: _Item, flaw: _Flaw, tidy: Callable[[list[Json]], list[Json]]) -> _Item:
    """The reader of a shape around that of what stands inside its lists; `tidy` takes out what is absent."""
    nullable = not shape.non_null
    if shape.item is None:

        def read_one(value: Json, request: Projecting) -> Json:
            if value is None:
                return None if nullable else flaw(value, request)
            return read(value, request)

        return read_one
    read_item, quick = _in_lists(shape.item, read, flaw, tidy), unchanged(shape.item)

    def read_list(value: Json, request: Projecting) -> Json:
        if value.__class__ is not list:
            return None if value is None and nullable else flaw(value, request)
        return tidy([item if item.__class__ in quick else read_item(item, request) for item in value])

    return read_list

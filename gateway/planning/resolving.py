"""Resolving: which source answers each want, by dynamic programming over (wants, standing).

At an object take what its source has; for the rest weigh the ways by key into other sources, whose keys and
`@requires` inputs are resolved in turn at the same object, through third sources where need be; what no source can
answer from here is residue, so that the parent tries another source's copy of its own field, up to the root.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from gateway.planning.budget import WorkBudget
from gateway.planning.choosing import Option, choose
from gateway.planning.inputs import InputBook
from gateway.planning.resolution import Hop, Resolution, Taken, resolution
from gateway.planning.standing import Atlas, Standing, Way
from gateway.planning.wants import Want, Wants
from gateway.supergraph.model import ROOTS, TYPENAME, FieldInSource, FieldSet

Barred = frozenset[tuple[str, str, str | None, frozenset[str]]]
"""What is being resolved right now and so cannot serve as its own input: keys of ways, and fields with inputs."""

KeyInputs = tuple[FieldSet, Resolution]
"""A key and how it is had."""

_FREE: Barred = frozenset()


class Resolver:
    """Resolves the wants of one operation. Remembers every answer; spends the budget on new ones."""

    def __init__(self, atlas: Atlas, book: InputBook, budget: WorkBudget) -> None:
        self.atlas = atlas
        self.book = book
        self.budget = budget
        # The wants are kept beside the answer, so that no other object can get their identity meanwhile.
        self._known: dict[tuple[int, Standing, Barred], tuple[object, Resolution]] = {}
        self._keys: dict[tuple[Way, frozenset[str], Standing, Barred], tuple[KeyInputs, ...]] = {}

    def resolve(self, wants: Wants | tuple[Want, ...], at: Standing, barred: Barred = _FREE) -> Resolution:
        """Resolve all that is wanted at an object."""
        key = (id(wants), at, barred)
        if key not in self._known:
            taken, missing = self._take(wants, at, barred)
            hops, residue = self._travel(missing, at, barred)
            self._known[key] = (wants, resolution(at, taken, hops, residue))
        return self._known[key][1]

    def _take(self, wants: Iterable[Want], at: Standing, barred: Barred) -> tuple[list[Taken], list[Want]]:
        """What the source at hand answers by itself, and what is missing. Types that it never has need nothing."""
        taken: list[Taken] = []
        missing: list[Want] = []
        for want in wants:
            self.budget.spend()
            for types, said in self._by_answer(want, at):
                narrowed = want.on_types(types)
                inputs = self._at_hand(narrowed, said, at, barred) if said and said.requires else None
                if said is None or (said.requires and inputs is None):
                    missing.append(narrowed)
                else:
                    self._take_one(narrowed, said, at, barred, taken, missing, inputs)
            if want.field == TYPENAME and at.types & want.types:
                typed = want.on_types(at.types & want.types)
                if at.interface is None:
                    taken.append(Taken(typed, None))
                else:
                    missing.append(typed)
        return taken, missing

    def _by_answer(self, want: Want, at: Standing) -> Iterator[tuple[frozenset[str], FieldInSource | None]]:
        """The types of a want that can be met here, by what the source says of the field on them."""
        if want.field == TYPENAME:
            return
        found: dict[object, tuple[set[str], FieldInSource | None]] = {}
        for name in want.types & at.types:
            said = self.atlas.said(at, name, want.field)
            mark = said and (said.type.name, said.requires, said.provides)
            found.setdefault(mark, (set(), said))[0].add(name)
        for types, said in sorted(found.values(), key=lambda item: min(item[0])):
            yield frozenset(types), said

    def _take_one(
        self,
        want: Want,
        said: FieldInSource,
        at: Standing,
        barred: Barred,
        taken: list[Taken],
        missing: list[Want],
        inputs: Resolution | None = None,
    ) -> None:
        """Take one field. What its children lack here is missing under the same field."""
        if not want.targets:
            taken.append(Taken(want, None, inputs))
            return
        inner = self.resolve(want.children, self.atlas.below(at, want.types, want.field, said), barred)
        if inner.taken or inner.hops or not inner.residue:
            taken.append(Taken(want, inner, inputs))
        if inner.residue:
            missing.append(replace(want, children=_wants(inner.residue)))

    def _at_hand(self, want: Want, said: FieldInSource, at: Standing, barred: Barred) -> Resolution | None:
        """What a field requires, when the source at hand has all of it for this very object.

        What the source itself computes from inputs it does not have: no object carries that.
        """
        here = ("field", at.source, want.field, want.types)
        if here in barred:
            return None
        inputs = self.resolve(self.book.wants(said.requires, want.types), at, barred | {here})
        return None if inputs.hops or inputs.residue or inputs.depth or _is_computed(inputs) else inputs

    def _travel(self, missing: Sequence[Want], at: Standing, barred: Barred) -> tuple[list[Hop], list[Want]]:
        """Have what is missing from other sources, by key; types that resolve alike go together."""
        if at.interface is not None:
            return self._cover(list(missing), at.types, at, barred) if missing else ([], [])
        hops: list[Hop] = []
        residue: list[Want] = []
        for types in self._alike(missing):
            wants = [want.on_types(types) for want in missing if want.types & types]
            more, left = self._cover(wants, types, at, barred)
            hops += more
            residue += left
        return hops, residue

    def _alike(self, missing: Sequence[Want]) -> list[frozenset[str]]:
        groups: dict[object, set[str]] = {}
        for name in sorted({name for want in missing for name in want.types}):
            self.budget.spend()
            signature = (
                self.atlas.alike(name, ""),
                tuple((index, self.atlas.alike(name, want.field))
                      for index, want in enumerate(missing) if name in want.types),
            )  # fmt: skip
            groups.setdefault(signature, set()).add(name)
        return [frozenset(types) for types in groups.values()]

    def _cover(
        self, wants: list[Want], types: frozenset[str], at: Standing, barred: Barred
    ) -> tuple[list[Hop], list[Want]]:
        """Hops that together answer the wants; a want whose children stay unresolved tries the next source."""
        hops: list[Hop] = []
        residue: list[Want] = []
        tried: dict[str, set[tuple[str, str | None]]] = {}
        left = wants
        while left:
            open_wants: list[tuple[list[Want], list[Option]]] = []
            for together in self._decided_together(left, types, at):
                raw = together[0].raw
                options = list(self._options(together[0], tried.get(raw, set()), types, at, barred))
                if options:
                    open_wants.append((together, options))
                else:
                    residue += together
            left = []
            for chosen, option in choose(open_wants, self.atlas.supergraph, self.budget):
                hop = self._hop(option, chosen, types, barred)
                hops.append(hop)
                for want in hop.inner.residue:
                    tried.setdefault(want.raw, set()).add((option.way.source, option.way.entity))
                left += hop.inner.residue
        return hops, residue

    def _decided_together(
        self, wants: list[Want], types: frozenset[str], at: Standing
    ) -> Iterable[list[Want]]:
        """Leaves that every source treats alike are one decision; everything else is decided by itself."""
        groups: dict[object, list[Want]] = {}
        for index, want in enumerate(wants):
            leaf = not want.targets and at.interface is None and want.field != TYPENAME
            key = self.atlas.alike(min(types), want.field) if leaf else (index,)
            groups.setdefault(key, []).append(want)
        return groups.values()

    def _hop(self, option: Option, wants: Sequence[Want], types: frozenset[str], barred: Barred) -> Hop:
        if option.target.interface is None and option.way.entity is not None:
            inner = self.resolve(tuple(wants), option.target, barred)  # concrete types are known from here on
        else:
            inner = self._arrive(wants, option.target, barred)
        return Hop(option.way, types, option.key, option.requires, option.inputs, inner, option.fallbacks)

    def _options(
        self,
        want: Want,
        tried: set[tuple[str, str | None]],
        types: frozenset[str],
        at: Standing,
        barred: Barred,
    ) -> Iterator[Option]:
        """The ways to a source that answers (part of) one want."""
        for way in self._ways(want, min(types), at):
            if (way.source, way.entity) in tried:
                continue
            self.budget.spend()
            option = self._option(want, way, types, at, barred)
            if option is not None:
                yield option

    def _ways(self, want: Want, type_name: str, at: Standing) -> Iterable[Way]:
        if at.interface is not None:
            return self.atlas.interface_ways(at.interface)
        return (way for way in self.atlas.ways(type_name) if self.atlas.names(way, type_name, want.field))

    def _option(
        self, want: Want, way: Way, types: frozenset[str], at: Standing, barred: Barred
    ) -> Option | None:
        target = self.atlas.standing(way, types)
        said = None
        if target.interface is not None or way.entity is None:
            said = self.atlas.said(target, min(want.types), want.field) if want.field != TYPENAME else None
            if said is None or (self._stands_here(way, at) and not said.requires):
                return None
        keys = self._usable_keys(way, types, at, barred)
        if not keys:
            return None
        (key, inputs), *fallbacks = keys
        requires = said.requires if said is not None else ()
        if requires:
            if types & ROOTS:  # asked for without a representation, which would hold the inputs
                return None
            here = ("field", way.source, want.field, types)
            if here in barred:
                return None
            wanted = self.book.wants((*key, *requires), types)
            inputs = self.resolve(wanted, at, barred | {here})
            if inputs.residue:
                return None
        if said is None:
            inner = self.resolve((want,), target, barred)
        else:
            inner = self._arrive((want,), target, barred)
        if not (inner.taken or inner.hops):
            return None
        sure = not self.atlas.may_be_null(keys[-1][0], types)
        return Option(way, target, key, requires, inputs, inner, tuple(fallbacks), sure)

    def _stands_here(self, way: Way, at: Standing) -> bool:
        return way.source == at.source and way.entity == at.interface

    def _arrive(self, wants: Sequence[Want], target: Standing, barred: Barred) -> Resolution:
        """What a source answers for an object that has come to it with all inputs."""
        taken: list[Taken] = []
        missing: list[Want] = []
        for want in wants:
            for types, said in self._by_answer(want, target):
                if said is None:
                    missing.append(want.on_types(types))
                else:
                    self._take_one(want.on_types(types), said, target, barred, taken, missing)
        return resolution(target, taken, (), missing)

    def _usable_keys(
        self, way: Way, types: frozenset[str], at: Standing, barred: Barred
    ) -> tuple[KeyInputs, ...]:
        """The cheapest key of a way that can be had at this object; then those that serve where it is null."""
        here = ("key", way.source, way.entity, types)
        if here in barred:
            return ()
        question = (way, types, at, barred)
        if question not in self._keys:
            found: list[KeyInputs] = []
            for key in way.keys:
                self.budget.spend()
                inputs = self.resolve(self.book.wants(key, types), at, barred | {here})
                if not inputs.residue:
                    found.append((key, inputs))
            found.sort(key=lambda item: item[1].cost)
            self._keys[question] = tuple(found[:1] + self._fallbacks(found, types))
        return self._keys[question]

    def _fallbacks(self, found: list[KeyInputs], types: frozenset[str]) -> list[KeyInputs]:
        """Keys for objects that have null in the first: those that cost no further fetch, then others.

        What comes after a key that is never null would not be tried.
        """
        if not found or not self.atlas.may_be_null(found[0][0], types):
            return []
        first, others = found[0][1], found[1:]
        free = [one for one in others if one[1].asked <= first.asked and one[1].below <= first.below]
        in_order = [*free, *(one for one in others if one not in free)]
        sure = (at for at, (key, _) in enumerate(in_order) if not self.atlas.may_be_null(key, types))
        return in_order[: max(len(free), next(sure, len(others)) + 1)]


def _wants(items: Iterable[Want]) -> Wants:
    wants = Wants()
    for item in items:
        wants.add(item)
    return wants


def _is_computed(resolved: Resolution) -> bool:
    return any(
        item.inputs is not None or (item.inner is not None and _is_computed(item.inner))
        for item in resolved.taken
    )

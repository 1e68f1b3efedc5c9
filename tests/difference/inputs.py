"""`@requires` and `@provides`: field sets over what other sources resolve, which becomes external here."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from tests.difference.abstract import MEDIA
from tests.difference.choices import Choices
from tests.difference.draft import COLOUR, PART, SCALARS, Draft, DraftField, DraftType, Role
from tests.difference.entities import add_stub
from tests.difference.parts import arguments, copy_of, wrapped

_LITERALS = {"Int": ("1", "0", "3"), "String": ('"p"', '"q"'), COLOUR: ("RED", "BLUE"), "ID": ('"x"',)}

_TRIES = 4


class _Unfit(LookupError):
    """This cannot be said here."""


def add_requires(draft: Draft, choices: Choices) -> None:
    """A field with `@requires`; none when what was chosen does not fit, again and again."""
    _attempt(draft, lambda: _require(draft, choices))


def add_provides(draft: Draft, choices: Choices) -> None:
    """A `@provides` on some field; none when what was chosen does not fit, again and again."""
    _attempt(draft, lambda: _provide(draft, choices))


def _attempt(draft: Draft, say: Callable[[], None]) -> None:
    for _ in range(_TRIES):
        kept = deepcopy(draft.sources)
        try:
            say()
        except LookupError:
            draft.sources = kept
        else:
            return


def _require(draft: Draft, choices: Choices) -> None:
    pool = [*draft.entities, *draft.media, *([MEDIA] if draft.media else [])]
    name = choices.one([one for one in pool if len(draft.having(one)) > 1])
    source = choices.one(
        [
            one
            for one in draft.having(name)
            if (found := draft.sources[one][name]).role is not Role.ENTITY_INTERFACE
            and any(found.keys.values())
        ]
    )
    known = draft.sources[source][name].fields
    foreign = {
        field: said
        for field, said in draft.fields(name).items()
        if (field not in known or known[field].external) and said.named != "Query"
    }
    rich = [field for field, said in foreign.items() if not said.is_leaf]
    if choices.chance(30, "abstract targets"):
        rich = [field for field in rich if _is_abstract(draft, foreign[field])] or rich
    chained = [field for field, said in foreign.items() if said.requires or field.startswith("req")]
    pool = list(foreign)
    if rich and choices.chance(50, "rich requires"):
        pool = rich
    elif chained and choices.chance(50, "chains"):
        pool = chained
    sets = FieldSets(draft, choices, source, "requires")
    parts = []
    for field in choices.some(pool, 1, 3):
        sets.external(name, field)
        parts.append(sets.part(name, field, 2))
    if not parts:
        raise _Unfit
    number = sum(
        field.startswith("req")
        for types in draft.sources.values()
        for one in types.values()
        for field in one.fields
    )
    said = _answer(draft, choices, source)
    said.requires = " ".join(parts)
    draft.add(source, name, f"req{number}", said)


def _is_abstract(draft: Draft, said: DraftField) -> bool:
    return said.named in (*draft.interfaces, *draft.unions)


def _answer(draft: Draft, choices: Choices, source: str) -> DraftField:
    """The type of a field that is computed from its inputs."""
    if choices.chance(25, "requires to objects"):
        pool = [one for one in draft.sources[source] if one not in ("Query", "Mutation", PART)]
        return DraftField(wrapped(choices, choices.one(pool)), arguments(choices))
    kind = choices.one(["String", "Int", "Boolean", "Float", "[String]", "String!", COLOUR])
    return DraftField(kind, "" if kind == COLOUR else arguments(choices))


def _provide(draft: Draft, choices: Choices) -> None:
    source = choices.one(list(draft.sources))
    types = draft.sources[source]
    pool = [
        said
        for name, found in types.items()
        if found.role in (Role.ENTITY, Role.ROOT, Role.INTERFACE_OBJECT) and name != "Mutation"
        for said in found.fields.values()
        if not (said.external or said.override or said.provides)
        and said.named in types
        and said.named not in ("Query", PART, MEDIA)
    ]
    abstract = [said for said in pool if types[said.named].role.word != "type"]
    said = choices.one(abstract if abstract and choices.chance(40, "abstract provides") else pool)
    said.provides = FieldSets(draft, choices, source, "provides").selection(said.named, 2)


@dataclass(frozen=True)
class FieldSets:
    """Makes field sets in one source, and the fields that they name external where it lacks them.

    Every method raises LookupError where what was chosen cannot be said.
    """

    draft: Draft
    choices: Choices
    source: str
    why: str
    given: dict[tuple[str, str], str] = dataclass_field(default_factory=dict)

    def selection(self, name: str, depth: int) -> str:
        """Selections on a type as this source sees it."""
        found = self.draft.sources[self.source][name]
        if found.role in (Role.UNION, Role.INTERFACE):
            return self._abstract(name, found, depth)
        own = found.role in (Role.ENTITY_INTERFACE, Role.INTERFACE_OBJECT)
        known = found.fields if own else self.draft.fields(name)
        names = [
            field
            for field, said in known.items()
            if not (own and said.external) and (depth > 0 or said.is_leaf) and said.named != "Query"
        ]
        if self.why == "provides":
            names = [field for field in names if self._worth_providing(name, field, known[field], own)]
        parts = []
        for field in self.choices.some(names, 1, 2):
            if not own:
                self.external(name, field)
            parts.append(self.part(name, field, depth))
        if not parts:
            raise _Unfit
        return " ".join(parts)

    def _worth_providing(self, name: str, field: str, said: DraftField, own: bool) -> bool:
        """Only what the source does not resolve anyway and what it can know; arguments do not belong there."""
        if any(
            self.draft.sources[one][name].fields[field].requires for one in self.draft.resolving(name, field)
        ):
            return False
        here = self.draft.sources[self.source][name].fields.get(field)
        resolved = here is not None and not here.external
        return not said.arguments and not (said.is_leaf and (resolved or own))

    def _abstract(self, name: str, found: DraftType, depth: int) -> str:
        types = self.draft.sources[self.source]
        members = found.members or [one for one in types if name in types[one].implements]
        parts = []
        if found.fields and self.why == "requires" and self.choices.chance(40):
            parts.append(self.part(name, self.choices.one(list(found.fields)), depth))
        for member in self.choices.some(members, 1, 2):
            parts.append(f"... on {member} {{ {self.selection(member, depth - 1)} }}")
        if not parts:
            raise _Unfit
        return " ".join(parts)

    def part(self, name: str, field: str, depth: int) -> str:
        """One field with its selections."""
        said = self.draft.sources[self.source][name].fields[field]
        # The same arguments wherever one set names the field, so that they never conflict.
        if (field, said.arguments) not in self.given:
            self.given[field, said.arguments] = self._given(said.arguments)
        given = self.given[field, said.arguments]
        if said.is_leaf:
            return field + given
        if said.named not in self.draft.sources[self.source] or depth <= 0:
            raise _Unfit
        return f"{field}{given} {{ {self.selection(said.named, depth - 1)} }}"

    def _given(self, arguments: str) -> str:
        """Constant values for the arguments of a field; a default is written out, for the monolith's sake."""
        given = []
        for argument in filter(None, arguments.strip("()").split(", ")):
            name, _, rest = argument.partition(": ")
            kind = rest.split(" ")[0]
            if kind.endswith("!") or "=" in rest or self.choices.chance(60):
                given.append(f"{name}: {self.choices.one(_LITERALS[kind.strip('!')])}")
        return f"({', '.join(given)})" if given else ""

    def external(self, name: str, field: str) -> None:
        """Make sure that a field of an object is known in this source."""
        known = self.draft.sources[self.source][name].fields
        if field in known:
            return
        origin = self.draft.resolving(name, field)
        if not origin:
            raise _Unfit
        said = copy_of(self.draft.sources[origin[0]][name].fields[field])
        self._known(said.named)
        said.external = True
        known[field] = said

    def _known(self, name: str) -> None:
        """Make sure that the source knows a type."""
        types = self.draft.sources[self.source]
        if name in SCALARS or name == COLOUR or name in types:
            return
        origin = self.draft.sources[self.draft.having(name)[0]][name]
        if origin.role is Role.ENTITY and name not in self.draft.media:
            add_stub(self.draft, self.choices, self.source, name)
        elif origin.role is Role.VALUE:
            types[name] = DraftType(Role.VALUE)
            for field, said in origin.fields.items():
                self._known(said.named)
                self.draft.add(self.source, name, field, copy_of(said))
        elif origin.role is Role.UNION:
            members = self.choices.some(origin.members, 1, 4)
            for member in members:
                self._known(member)
            types[name] = DraftType(Role.UNION, members=members)
        elif origin.role is Role.INTERFACE:
            self._interface(name, origin)
        else:
            raise _Unfit

    def _interface(self, name: str, origin: DraftType) -> None:
        types = self.draft.sources[self.source]
        types[name] = DraftType(Role.INTERFACE)
        for field, said in origin.fields.items():
            self._known(said.named)
            self.draft.add(self.source, name, field, copy_of(said))
        everyone = {
            one
            for known in self.draft.sources.values()
            for one, found in known.items()
            if name in found.implements
        }
        for one in sorted(everyone):
            self._known(one)
            types[one].implements.add(name)
            for field in origin.fields:
                if one in self.draft.values:
                    self.draft.add(self.source, one, field, copy_of(origin.fields[field]))
                else:
                    self.external(one, field)

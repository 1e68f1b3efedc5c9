"""A federated graph in the making: what each source says of each type, and the SDL of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

SCALARS = ("String", "Int", "Boolean", "Float", "ID")
COLOUR = "Colour"
"""The one enum. Every source that uses it defines it whole."""

PART = "Part"
"""The value type inside nested keys: `part { id }`."""

LINK = (
    'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@external", '
    '"@requires", "@provides", "@shareable", "@override", "@inaccessible", "@interfaceObject"])\n\n'
)


class Role(Enum):
    """What a type is in one source."""

    ENTITY = "entity"
    VALUE = "value type"
    ROOT = "root"
    INTERFACE_OBJECT = "interface object"
    INTERFACE = "interface"
    ENTITY_INTERFACE = "entity interface"
    UNION = "union"

    @property
    def word(self) -> str:
        """The keyword of SDL."""
        if self is Role.UNION:
            return "union"
        return "interface" if self in (Role.INTERFACE, Role.ENTITY_INTERFACE) else "type"


@dataclass
class DraftField:
    """A field as one source says it. `type` and `arguments` are SDL; field sets are text."""

    type: str
    arguments: str = ""
    external: bool = False
    requires: str = ""
    provides: str = ""
    override: str = ""
    inaccessible: bool = False

    @property
    def named(self) -> str:
        """The name of its type."""
        return self.type.replace("[", "").replace("]", "").replace("!", "")

    @property
    def is_leaf(self) -> bool:
        """Whether it leads to no object."""
        return self.named in SCALARS or self.named == COLOUR


@dataclass
class DraftType:
    """A type as one source says it. `keys`: field sets, each with whether the source finds entities by it."""

    role: Role
    fields: dict[str, DraftField] = field(default_factory=dict)
    keys: dict[str, bool] = field(default_factory=dict)
    implements: set[str] = field(default_factory=set)
    members: list[str] = field(default_factory=list)


@dataclass
class Draft:
    """All sources. `keys`: the keys of each entity; `nullable_keys`: the one of them whose fields may be null.

    `split`: value types of which no source has all fields. `first`: sources written in Federation 1.
    """

    sources: dict[str, dict[str, DraftType]]
    keys: dict[str, list[str]] = field(default_factory=dict)
    nullable_keys: dict[str, str] = field(default_factory=dict)
    entities: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    interfaces: list[str] = field(default_factory=list)
    unions: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)  # the implementers of the entity interface
    split: set[str] = field(default_factory=set)
    first: set[str] = field(default_factory=set)

    def having(self, type_name: str) -> list[str]:
        """The sources that know a type."""
        return [source for source, types in self.sources.items() if type_name in types]

    def resolving(self, type_name: str, name: str) -> list[str]:
        """The sources that say that they resolve a field."""
        return [
            source
            for source in self.having(type_name)
            if (said := self.sources[source][type_name].fields.get(name)) is not None and not said.external
        ]

    def fields(self, type_name: str) -> dict[str, DraftField]:
        """Every field of a type that some source resolves, as the first of them says it."""
        found: dict[str, DraftField] = {}
        for source in self.having(type_name):
            for name, said in self.sources[source][type_name].fields.items():
                if not said.external:
                    found.setdefault(name, said)
        return found

    def add(self, source: str, type_name: str, name: str, said: DraftField) -> DraftField:
        """Add a field, unless the source has it: what it says already stands."""
        return self.sources[source][type_name].fields.setdefault(name, said)

    def texts(self) -> dict[str, str]:
        """The SDL of each source."""
        return {
            source: "".join(Writer(self, source, source in self.first).lines()) for source in self.sources
        }


@dataclass(frozen=True)
class Writer:
    """Writes one source, in Federation 1 or 2."""

    draft: Draft
    source: str
    first: bool

    def lines(self) -> Iterator[str]:
        """The parts of its SDL."""
        if not self.first:
            yield LINK
        types = self.draft.sources[self.source]
        said = [one for found in types.values() for one in found.fields.values()]
        if any(one.named == COLOUR or COLOUR in one.arguments for one in said):
            yield f"enum {COLOUR} {{ RED GREEN BLUE }}\n"
        for name, found in sorted(types.items()):
            if found.role is Role.UNION:
                yield f"union {name} = {' | '.join(found.members)}\n"
            else:
                yield from self._type(name, found)

    def _type(self, name: str, found: DraftType) -> Iterator[str]:
        implemented = [one for one in sorted(found.implements) if one in self.draft.sources[self.source]]
        head = f"{'extend ' if self._extends(name, found) else ''}{found.role.word} {name}"
        if implemented:
            head += f" implements {' & '.join(implemented)}"
        for key, resolvable in found.keys.items():
            extra = "" if resolvable or self.first else ", resolvable: false"
            head += f' @key(fields: "{key}"{extra})'
        if found.role is Role.INTERFACE_OBJECT:
            head += " @interfaceObject"
        yield f"{head} {{\n"
        for field_name, said in found.fields.items():
            marks = "".join(f" {mark}" for mark in self._marks(name, found, field_name, said))
            yield f"  {field_name}{said.arguments}: {said.type}{marks}\n"
        yield "}\n"

    def _extends(self, name: str, found: DraftType) -> bool:
        """Federation 1: one source owns an entity, the others extend it."""
        owner = self.draft.having(name)[0]
        return self.first and found.role is Role.ENTITY and owner != self.source

    def _marks(self, name: str, found: DraftType, field_name: str, said: DraftField) -> Iterator[str]:
        keyed = {part for key in found.keys for part in key.split("{")[0].split()}
        if said.external or (self._extends(name, found) and field_name in keyed):
            yield "@external"
        if said.requires:
            yield f'@requires(fields: "{_quoted(said.requires)}")'
        if said.provides:
            yield f'@provides(fields: "{_quoted(said.provides)}")'
        if said.override:
            yield f'@override(from: "{said.override}")'
        if said.inaccessible:
            yield "@inaccessible"
        if not self.first and not said.external and self._shared(name, found, field_name):
            yield "@shareable"

    def _shared(self, name: str, found: DraftType, field_name: str) -> bool:
        if found.role.word != "type" or name == "Mutation":
            return False
        if found.role is Role.VALUE:
            return True
        having = self.draft.having(name)
        known = {one: self.draft.sources[one][name].fields.get(field_name) for one in having}
        away = {said.override for said in known.values() if said is not None}
        left = [one for one in self.draft.resolving(name, field_name) if one not in away]
        provided = any(said is not None and said.external for said in known.values())
        return len(left) > 1 or provided


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')

"""Decisions for one kind of principal, one purpose and one day, straight from POLICY.md, "Meaning"."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from connectors.base import RowFilter
from gateway.constraints import Decision, Deny, LookupPermit, Mask, Reason, RootDecision, RootPermit
from gateway.policy.directives import secured_fields
from gateway.policy.model import Allow, Coordinate, Grade, Right, Rows, Rule, RuleBook
from gateway.policy.roots import KeyLookup, Listing, root_uses
from gateway.policy.rows import Alternatives, absorbed, as_filter, as_permit, both
from gateway.supergraph.model import QUERY_ROOT, Kind, Supergraph, Type

_SHARED = "unconditional"
_ORDER = tuple(Reason)
"""The reasons in the order in which they are looked for: a later one got further."""


@dataclass(frozen=True, slots=True)
class Way:
    """An allow that survived: the rows on which it holds, and through which mask."""

    rows: Rows
    mask: Mask | None


Judgement: TypeAlias = tuple[Way, ...] | Reason
"""The ways in which a right on a field is given (at least one), or why there is none."""

AllowIndex: TypeAlias = Mapping[tuple[Right, Coordinate], tuple[tuple[Rule, Allow], ...]]


class AllowsByField:
    """The allows of all rules by right and field, and the types' fields that some rule opens."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        index: dict[tuple[Right, Coordinate], list[tuple[Rule, Allow]]] = {}
        readable: dict[str, set[Coordinate]] = {}
        for rule in rules:
            for allow in rule.allows:
                index.setdefault((allow.right, allow.coordinate), []).append((rule, allow))
                if allow.right is Right.READ:
                    readable.setdefault(allow.coordinate[0], set()).add(allow.coordinate)
        self._index: AllowIndex = {key: tuple(allows) for key, allows in index.items()}
        self.readable: Mapping[str, tuple[Coordinate, ...]] = {
            type_name: tuple(sorted(fields)) for type_name, fields in readable.items()
        }

    def giving(self, right: Right, field: Coordinate) -> Iterable[tuple[Rule, Allow]]:
        """The allows that give a right, among them unmasked reads where lookups are asked for.

        A lookup finds no row that is only ever reached, so rules with such rows give none.
        """
        if right is not Right.LOOKUP:
            return self._index.get((right, field), ())
        raw = [
            (rule, allow) for rule, allow in self._index.get((Right.READ, field), ()) if allow.mask is None
        ]
        named = self._index.get((Right.LOOKUP, field), ())
        return [(rule, allow) for rule, allow in (*named, *raw) if not rule.rows[field[0]].reached]


class Ground:
    """What decisions rest on that depends on no caller: made once for a policy and a supergraph."""

    def __init__(self, book: RuleBook, supergraph: Supergraph) -> None:
        self.book = book
        self.supergraph = supergraph
        self.allows = AllowsByField(book.rules)
        self.root_uses = root_uses(supergraph)
        self.secured = secured_fields(supergraph)
        self._interfaces: dict[str, list[Type]] = {}
        for found in supergraph.types.values():
            if found.kind is Kind.INTERFACE:
                for name in found.possible:
                    self._interfaces.setdefault(name, []).append(found)

    def shared(self, field: Coordinate) -> bool:
        """Every source that could supply the field must share it without conditions.

        Grants, by which a source shares conditionally, do not exist yet, and decisions do not say which source
        may supply a field: so one source that does not share it denies it. A source may also supply it by way
        of an interface, without knowing the type (`@interfaceObject`).
        """
        type_name, name = field
        owners = (self.supergraph.types[type_name], *self._interfaces.get(type_name, ()))
        resolvers = {
            source for owner in owners if name in owner.fields for source in owner.fields[name].ever_resolvers
        }
        return all(self.supergraph.sources[source].sharing == _SHARED for source in resolvers)


class View:
    """What principals with these roles may do, for this purpose, on this day."""

    def __init__(self, ground: Ground, roles: frozenset[str], purpose: str, today: date) -> None:
        self._ground = ground
        self._book = ground.book
        self._allows = ground.allows
        self._supergraph = ground.supergraph
        self._roles = roles
        self._purpose = purpose
        self._today = today
        self._denied = {
            (denial.right, denial.coordinate) for denial in self._book.denials if denial.meets(roles, purpose)
        }
        self._judged: dict[tuple[Right, Coordinate], Judgement] = {}
        self._opening: dict[str, frozenset[Rows]] = {}

    def field(self, field: Coordinate) -> Decision:
        """May the field be read, on which of the visible rows, and through which mask?"""
        ways = self._judge(Right.READ, field)
        if isinstance(ways, Reason):
            return Deny(ways)
        targets = self._supergraph.possible(self._supergraph.field(*field).type.name)
        if targets and not any(self._opened(target) for target in targets):
            return Deny(Reason.RULE)
        visible = _alternatives(self._opened(field[0]))
        return as_permit(((way.rows.guards, way.mask) for way in ways), visible)

    def rows(self, type_name: str) -> RowFilter:
        """The rows of a concrete type that are visible when a reference leads there."""
        return as_filter(_alternatives(self._opened(type_name)))

    def root(self, root: Coordinate) -> RootDecision:
        """May the field of a root type be asked, and which rows can it find?"""
        lookup = self._supergraph.lookups.get(root[1]) if root[0] == QUERY_ROOT else None
        if lookup is not None:
            rows = self._looked_up(lookup.type_name, (lookup.key_field,))
            return Deny(rows) if isinstance(rows, Reason) else LookupPermit(as_filter(rows))
        match self._ground.root_uses.get(root):
            case KeyLookup(keys):
                found = {name: self._looked_up(name, key) for name, key in keys.items()}
            case Listing(types):
                found = {name: self._listed(name) for name in types}
            case None:
                return Deny(Reason.RULE)
        permitted = {name: rows for name, rows in found.items() if not isinstance(rows, Reason)}
        if not permitted:
            return Deny(max((rows for rows in found.values() if isinstance(rows, Reason)), key=_ORDER.index))
        if not self._ground.shared(root):
            return Deny(Reason.SHARING)
        if root in self._ground.secured:
            return Deny(Reason.DIRECTIVE)
        return RootPermit(tuple((name, as_filter(permitted[name])) for name in sorted(permitted)))

    def _looked_up(self, type_name: str, key: tuple[str, ...]) -> Alternatives | Reason:
        """The rows of a type that can be found by the whole key: visible, and open to a lookup by each part."""
        rows = self._standing(type_name)
        for field in key:
            ways = self._judge(Right.LOOKUP, (type_name, field))
            if isinstance(ways, Reason):
                return ways
            rows = both(rows, _alternatives(way.rows for way in ways))
        return rows or Reason.RULE

    def _listed(self, type_name: str) -> Alternatives | Reason:
        """The rows of a type that a root list may hold: visible, and listed by a rule."""
        rules = [
            rule for rule in self._book.rules if type_name in rule.lists and rule.validity.holds(self._today)
        ]
        rules = [rule for rule in rules if self._purpose in rule.purposes]
        if not rules:
            return Reason.PURPOSE
        rules = [rule for rule in rules if not rule.roles.isdisjoint(self._roles)]
        # No rule that lists a type has rows of it that are only reached: that is a finding.
        listed = _alternatives(rule.rows[type_name] for rule in rules)
        return both(self._standing(type_name), listed) or Reason.RULE

    def _standing(self, type_name: str) -> Alternatives:
        """The rows that are visible by themselves, not merely when a reference leads there."""
        return _alternatives(rows for rows in self._opened(type_name) if not rows.reached)

    def _opened(self, type_name: str) -> frozenset[Rows]:
        """The rows of each rule that opens the type; empty: nobody does."""
        if type_name not in self._opening:
            judgements = (
                self._judge(Right.READ, field) for field in self._allows.readable.get(type_name, ())
            )
            self._opening[type_name] = frozenset(
                way.rows for ways in judgements if not isinstance(ways, Reason) for way in ways
            )
        return self._opening[type_name]

    def _judge(self, right: Right, field: Coordinate) -> Judgement:
        key = (right, field)
        if key not in self._judged:
            self._judged[key] = self._judgement(right, field)
        return self._judged[key]

    def _judgement(self, right: Right, field: Coordinate) -> Judgement:
        """The steps of "Meaning", 1 to 4, in the order of the reasons."""
        label = self._book.labels.get(field)
        if label is None:
            return Reason.LABEL
        if (Right.READ, field) in self._denied or (right, field) in self._denied:
            return Reason.DENY
        allows = [pair for pair in self._allows.giving(right, field) if pair[0].validity.holds(self._today)]
        allows = [(rule, allow) for rule, allow in allows if self._purpose in rule.purposes]
        if not allows:
            return Reason.PURPOSE
        allows = [(rule, allow) for rule, allow in allows if not rule.roles.isdisjoint(self._roles)]
        if not allows:
            return Reason.RULE
        allows = [(rule, allow) for rule, allow in allows if self._cleared(rule, allow.yields or label)]
        if not allows:
            return Reason.CLEARANCE
        if not self._ground.shared(field):
            return Reason.SHARING
        if field in self._ground.secured:
            return Reason.DIRECTIVE
        return tuple(Way(rule.rows[field[0]], allow.mask) for rule, allow in allows)

    def _cleared(self, rule: Rule, label: Grade) -> bool:
        """One role that the rule is for must be cleared by itself; clearances never add up."""
        return any(self._book.clearances[role].covers(label) for role in rule.roles & self._roles)


def _alternatives(rows: Iterable[Rows]) -> Alternatives:
    """The rows as alternatives; to one that was reached, nothing more is asked."""
    return absorbed(one.guards for one in rows)

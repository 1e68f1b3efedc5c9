"""The right answers, computed from the city and one table alone, without anything of the gateway.

The table says what each persona gets: which rows of each type, and each cell raw, masked or denied. The
example queries are walked twice: once over types, for what is denied whatever the data, and once over the
city's people, for what arrives.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from graphql import FieldNode, InlineFragmentNode, OperationDefinitionNode, SelectionNode, VariableNode, parse

from demo.city import City, CreditRecord, Household, Kin, Person
from demo.divisions import Division

Claims: TypeAlias = Mapping[str, str]
RowTest: TypeAlias = Callable[[City, object, Claims], bool]

RAW: Final = "raw"
ENDS: Final = "first 2, last 2"
YEAR: Final = "year"
_READABLE: Final = frozenset({RAW, ENDS, YEAR})


class Denied(NamedTuple):
    """A selection that is denied whatever the data: its coordinate, the reason, its path in response keys."""

    coordinate: str
    reason: str
    response_path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What must arrive: `data` whole, and one ACCESS_DENIED error for each of `denied`, in any order."""

    data: Mapping[str, object]
    denied: tuple[Denied, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """What one persona gets.

    `rows`: by type, which rows can be seen; a type that is missing is not opened. `cells`: by coordinate,
    or `Type.*` for the rest of a type, RAW, ENDS, YEAR or the reason of the denial; `Query.person` stands
    for looking a person up. What is missing is denied for `purpose`.
    """

    rows: Mapping[str, RowTest]
    cells: Mapping[str, str]

    def cell(self, coordinate: str) -> str:
        """RAW, ENDS, YEAR or a reason."""
        type_name, _, _ = coordinate.partition(".")
        return self.cells.get(coordinate) or self.cells.get(f"{type_name}.*") or "purpose"


class KinshipEntry(NamedTuple):
    """One entry of somebody's kin, with whose it is."""

    owner: str
    kin: Kin


def _all(city: City, row: object, claims: Claims) -> bool:
    return True


def _herself(city: City, row: object, claims: Claims) -> bool:
    return isinstance(row, Person) and row.citizen_id == claims.get("citizenId")


def _her_household(city: City, row: object, claims: Claims) -> bool:
    her = city.person_by_id.get(claims.get("citizenId", ""))
    return isinstance(row, Household) and her is not None and her.household == row.id


def _her_record(city: City, row: object, claims: Claims) -> bool:
    return isinstance(row, CreditRecord) and row.subject == claims.get("citizenId")


def _active_in_district(city: City, row: object, claims: Claims) -> bool:
    return isinstance(row, Person) and row.status == "ACTIVE" and row.division == claims.get("division")


def _of_district(city: City, row: object, claims: Claims) -> bool:
    return isinstance(row, Household) and row.division == claims.get("division")


_POPULATION: Final = {
    "Query.person": RAW,
    "Query.household": RAW,
    "Query.division": RAW,
    "Person.citizenId": RAW,
    "Person.name": RAW,
    "Person.sex": RAW,
    "Person.relationToHead": RAW,
    "Person.birthDate": RAW,
    "Person.division": RAW,
    "Person.household": RAW,
    "Person.kin": RAW,
    "Household.*": RAW,
    "Kinship.*": RAW,
    "Division.*": RAW,
}

TABLE: Final[Mapping[str, Column]] = MappingProxyType(
    {
        "anonymous": Column(
            rows={"Division": _all},
            cells={"Query.division": RAW, "Division.*": RAW},
        ),
        "citizen": Column(
            rows={
                "Person": _herself,
                "Household": _her_household,
                "Kinship": _all,
                "Division": _all,
                "CreditRecord": _her_record,
            },
            cells={
                **_POPULATION,
                "Query.creditRecord": RAW,
                "Person.creditRecords": RAW,
                "CreditRecord.*": RAW,
            },
        ),
        "clerk": Column(
            rows={
                "Person": _active_in_district,
                "Household": _of_district,
                "Kinship": _all,
                "Division": _all,
            },
            cells={
                **_POPULATION,
                "Person.citizenId": ENDS,
                "Person.birthDate": YEAR,
                "Query.creditRecord": "deny",
                "Person.creditRecords": "deny",
                "CreditRecord.*": "deny",
            },
        ),
        "registrar": Column(
            rows={"Person": _all, "Household": _all, "Kinship": _all, "Division": _all},
            cells={**_POPULATION, "Person.status": RAW},
        ),
    }
)
"""What each persona gets, by the persona's name."""


class _Field(NamedTuple):
    """A field of the city: the type that it leads to, None for a leaf, and how to read it."""

    leads_to: str | None
    read: Callable[[City, object], object]


# The lambdas take what their coordinate says; a table that paired them otherwise would fail at once.
def _leaf(read: Callable[..., object]) -> _Field:
    return _Field(None, lambda city, row: read(row))


def _reference(leads_to: str, read: Callable[..., object]) -> _Field:
    return _Field(leads_to, read)


_FIELDS: Final[Mapping[str, _Field]] = MappingProxyType(
    {
        "Person.citizenId": _leaf(lambda person: person.citizen_id),
        "Person.name": _leaf(lambda person: person.name),
        "Person.sex": _leaf(lambda person: person.sex),
        "Person.birthDate": _leaf(lambda person: person.birth_date),
        "Person.status": _leaf(lambda person: person.status),
        "Person.relationToHead": _leaf(lambda person: person.relation_to_head),
        "Person.division": _reference("Division", lambda city, person: city.divisions[person.division]),
        "Person.household": _reference(
            "Household", lambda city, person: city.household_by_id.get(person.household)
        ),
        "Person.kin": _reference(
            "Kinship",
            lambda city, person: [
                KinshipEntry(person.citizen_id, kin) for kin in city.kin.get(person.citizen_id, ())
            ],
        ),
        "Person.creditRecords": _reference(
            "CreditRecord", lambda city, person: list(city.credit.get(person.citizen_id, ()))
        ),
        "Household.id": _leaf(lambda household: household.id),
        "Household.address": _leaf(lambda household: household.address),
        "Household.division": _reference(
            "Division", lambda city, household: city.divisions[household.division]
        ),
        "Household.members": _reference(
            "Person", lambda city, household: list(city.members_by_household[household.id])
        ),
        "Kinship.person": _reference("Person", lambda city, entry: city.person_by_id[entry.owner]),
        "Kinship.relation": _leaf(lambda entry: entry.kin.relation),
        "Kinship.relativeName": _leaf(lambda entry: entry.kin.relative_name),
        "Kinship.relative": _reference(
            "Person", lambda city, entry: city.person_by_id.get(entry.kin.relative)
        ),
        "Division.code": _leaf(lambda division: division.code),
        "Division.name": _leaf(lambda division: division.name),
        "Division.parent": _reference("Division", lambda city, division: city.divisions.get(division.parent)),
        "CreditRecord.id": _leaf(lambda record: record.id),
        "CreditRecord.kind": _leaf(lambda record: record.kind),
        "CreditRecord.level": _leaf(lambda record: record.level),
        "CreditRecord.issuedOn": _leaf(lambda record: record.issued_on),
        "CreditRecord.subject": _reference(
            "CreditSubject", lambda city, record: city.person_by_id.get(record.subject)
        ),
        "Query.person": _reference("Person", lambda city, key: city.person_by_id.get(key)),
        "Query.household": _reference("Household", lambda city, key: city.household_by_id.get(key)),
        "Query.division": _reference("Division", lambda city, key: city.divisions.get(key)),
        "Query.creditRecord": _reference("CreditRecord", lambda city, key: _record_by_id(city).get(key)),
    }
)

_TYPE_NAMES: Final[Mapping[type, str]] = MappingProxyType(
    {
        Person: "Person",
        Household: "Household",
        KinshipEntry: "Kinship",
        Division: "Division",
        CreditRecord: "CreditRecord",
    }
)


def expected_answer(
    city: City,
    query: str,
    variables: Mapping[str, str],
    persona: str,
    claims: Claims,
    table: Mapping[str, Column] = TABLE,
) -> Answer:
    """The answer to one of the example queries.

    `claims` are those of the persona's token (`citizenId`, `division`). Queries may use fields, aliases,
    `__typename` and inline fragments, and one argument on each root field. Raises KeyError for a persona,
    a variable or a field that does not exist.
    """
    [operation] = parse(query, no_location=True).definitions
    if not isinstance(operation, OperationDefinitionNode):
        raise KeyError("an example query is one operation")
    roots = operation.selection_set.selections
    walk = _Walk(city, variables, claims, table[persona])
    return Answer(walk.answer(roots), tuple(walk.denials(roots, "Query", ())))


@dataclass(frozen=True, slots=True)
class _Walk:
    city: City
    variables: Mapping[str, str]
    claims: Claims
    column: Column

    def denials(
        self, selections: Sequence[SelectionNode], type_name: str, path: tuple[str, ...]
    ) -> Iterator[Denied]:
        """What is denied below `path`, whatever the data; nothing is said of what stands under a denial."""
        for concrete, node in _fields(selections, type_name):
            coordinate, here = f"{concrete}.{node.name.value}", (*path, _response_key(node))
            if node.name.value == "__typename":
                continue
            cell = self.column.cell(coordinate)
            if cell not in _READABLE:
                yield Denied(coordinate, cell, here)
            elif node.selection_set is not None:
                leads_to = _FIELDS[coordinate].leads_to or ""
                yield from self.denials(node.selection_set.selections, leads_to, here)

    def answer(self, roots: Sequence[SelectionNode]) -> dict[str, object]:
        """What arrives for the root fields."""
        return {
            _response_key(node): self._field(node, "Query", self._argument(node))
            for _, node in _fields(roots, "Query")
        }

    def _argument(self, node: FieldNode) -> str:
        [argument] = node.arguments or ()
        if isinstance(argument.value, VariableNode):
            return self.variables[argument.value.name.value]
        return str(getattr(argument.value, "value", ""))

    def _object(self, selections: Sequence[SelectionNode], row: object) -> dict[str, object]:
        type_name = _TYPE_NAMES[type(row)]
        return {
            _response_key(node): self._field(node, type_name, row)
            for concrete, node in _fields(selections, type_name)
            if concrete == type_name
        }

    def _field(self, node: FieldNode, type_name: str, row: object) -> object:
        if node.name.value == "__typename":
            return type_name
        coordinate = f"{type_name}.{node.name.value}"
        cell = self.column.cell(coordinate)
        if cell not in _READABLE:
            return None
        value = _FIELDS[coordinate].read(self.city, row)
        if node.selection_set is None:
            return _MASKS[cell](value)
        selections = node.selection_set.selections
        if isinstance(value, list):
            return [self._object(selections, each) for each in value if self._is_visible(each)]
        return self._object(selections, value) if self._is_visible(value) else None

    def _is_visible(self, row: object) -> bool:
        if row is None:
            return False
        test = self.column.rows.get(_TYPE_NAMES[type(row)])
        return test is not None and test(self.city, row, self.claims)


def _fields(selections: Sequence[SelectionNode], type_name: str) -> Iterator[tuple[str, FieldNode]]:
    """The selected fields with the type that each is selected on, fragments opened."""
    for selection in selections:
        if isinstance(selection, FieldNode):
            yield type_name, selection
        elif isinstance(selection, InlineFragmentNode):
            condition = selection.type_condition
            narrowed = condition.name.value if condition else type_name
            yield from _fields(selection.selection_set.selections, narrowed)


def _response_key(node: FieldNode) -> str:
    return node.alias.value if node.alias else node.name.value


def _record_by_id(city: City) -> Mapping[str, CreditRecord]:
    return {record.id: record for records in city.credit.values() for record in records}


def _ends(value: object) -> object:
    text = str(value)
    return f"{text[:2]}{'*' * (len(text) - 4)}{text[-2:]}" if len(text) > 4 else "*" * len(text)


_MASKS: Final[Mapping[str, Callable[[object], object]]] = MappingProxyType(
    {RAW: lambda value: value, ENDS: _ends, YEAR: lambda value: str(value)[:4]}
)

"""What a department's database answers: the same in SQLite, PostgreSQL and MariaDB."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from connectors.base import (
    Argument,
    Claim,
    Condition,
    Constant,
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    GuardTerm,
    InputField,
    Json,
    PathStep,
    RowFilter,
    RunContext,
    SourceFailure,
)
from connectors.sql.connector import SqlConnector
from tests.connectors.databases import KINDS, TYPES, UNIFIED, TestDatabase, database, select

pytestmark = pytest.mark.anyio
PERSON_KEY = (InputField("id"),)
CODE = select("Place.code")


@pytest.fixture(scope="module", params=KINDS)
def register(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[TestDatabase]:
    """The register that no test changes."""
    with database(request.param, tmp_path_factory.mktemp("register")) as made:
        yield made


@pytest.fixture
async def connector(register: TestDatabase) -> AsyncIterator[SqlConnector]:
    made = connect(register)
    yield made
    await made.close()


def connect(register: TestDatabase, types: Any = TYPES, **more: Any) -> SqlConnector:
    manifest = register.manifest(types, **more)
    return SqlConnector(manifest, SqlConnector.source_sdl(manifest, UNIFIED))


def persons(*selections: FieldSelection, rows: RowFilter = RowFilter(((),))) -> FetchSpec:
    return FetchSpec("register", FetchKind.ENTITIES, "Person", selections, PERSON_KEY, rows)


async def ask(
    connector: SqlConnector,
    spec: FetchSpec,
    *keys: Json,
    variables: dict[str, Any] | None = None,
    operands: dict[str, tuple[str, ...]] | None = None,
) -> FetchResult:
    name = spec.inputs[0].field
    representations = [
        {"__typename": spec.type_name, **(key if isinstance(key, dict) else {name: key})} for key in keys
    ]
    context = RunContext(operands or {}, 10)
    return await connector.run(connector.prepare(spec), variables or {}, representations, context)


@pytest.fixture
def statements() -> Iterator[list[str]]:
    """The SELECTs of the register's own tables that reach a database driver."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith("SELECT") and "t0" in statement:
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield seen
    event.remove(Engine, "before_cursor_execute", note)


async def test_entities_come_in_the_order_they_are_asked_for(connector: SqlConnector) -> None:
    answer = await ask(connector, persons(select("Person.id"), select("Person.name")), "p2", "nobody", "p1")
    assert answer.data == [{"id": "p2", "name": "李二"}, None, {"id": "p1", "name": "王一"}]
    assert answer.failures == []


async def test_an_entity_that_is_asked_for_twice_comes_twice(connector: SqlConnector) -> None:
    home = select("Person.home", select("Home.members", select("Person.id")))
    answer = await ask(connector, persons(home), "p1", "p1")
    assert answer.data[0] == answer.data[1]
    first, second = answer.data
    assert first is not None and second is not None
    assert first["home"] is not second["home"]
    assert first["home"]["members"][0] is not second["home"]["members"][0]


async def test_values_have_the_form_of_their_unified_types(
    connector: SqlConnector, register: TestDatabase
) -> None:
    names = ("sex", "born", "height", "wage", "children", "local")
    answer = await ask(connector, persons(*(select(f"Person.{name}") for name in names)), "p1", "p4")
    wage = "1234.5" if register.kind == "sqlite" else "1234.50"  # SQLite has no decimals
    first = {"sex": "MALE", "born": "1980-02-29", "height": 1.75, "wage": wage, "children": 2, "local": True}
    assert answer.data == [first, dict.fromkeys(names)]


async def test_answers_stand_under_the_keys_that_were_asked_for(connector: SqlConnector) -> None:
    answer = await ask(
        connector,
        persons(
            select("Person.__typename", response="kind"),
            select("Person.name", response="a"),
            select(
                "Person.place", select("Place.__typename"), select("Place.code", response="b"), response="c"
            ),
            select("Car.colour"),
        ),
        "p1",
    )
    assert answer.data == [{"kind": "Person", "a": "王一", "c": {"__typename": "Place", "b": "330203"}}]


async def test_references_are_followed_in_the_same_statement(
    connector: SqlConnector, statements: list[str]
) -> None:
    parent = select("Place.parent", CODE, select("Place.name"), select("Place.parent", CODE))
    spec = persons(
        select("Person.place", CODE, select("Place.name"), parent),
        select("Person.home", select("Home.number")),
    )
    answer = await ask(connector, spec, "p1", "p4", "p5")
    above = {"code": "330200", "name": "宁波", "parent": {"code": "330000"}}
    assert answer.data == [
        {"place": {"code": "330203", "name": "海曙", "parent": above}, "home": {"number": 1}},
        {"place": None, "home": None},
        # a reference into nothing still says what it refers to
        {"place": {"code": "999999", "name": None, "parent": None}, "home": {"number": 77}},
    ]  # fmt: skip
    (statement,) = statements
    assert statement.count("JOIN") == 2  # place and its parent; keys alone need no table


async def test_a_key_alone_joins_nothing(connector: SqlConnector, statements: list[str]) -> None:
    answer = await ask(
        connector, persons(select("Person.place", CODE), select("Person.employer", select("Firm.code"))), "p1"
    )
    assert answer.data == [{"place": {"code": "330203"}, "employer": {"code": "f1"}}]
    assert "JOIN" not in statements[0]


async def test_each_list_takes_one_statement_for_all(connector: SqlConnector, statements: list[str]) -> None:
    cars = select("Home.cars", select("Car.plate"), select("Car.country"), select("Car.colour"))
    members = select("Home.members", select("Person.id"), select("Person.place", select("Place.name")))
    home = select("Person.home", select("Home.address"), members, cars)
    answer = await ask(connector, persons(home), "p1", "p2", "p3", "p4", "p5")
    members_1 = [{"id": "p1", "place": {"name": "海曙"}}, {"id": "p2", "place": {"name": "海曙"}}]
    cars_1 = [
        {"plate": "A1", "country": "DE", "colour": "grey"},
        {"plate": "B1", "country": "CN", "colour": "red"},
    ]
    home_1 = {"address": "江滨路 1 号", "members": members_1, "cars": cars_1}
    home_2 = {
        "address": "中山路 2 号",
        "members": [{"id": "p3", "place": {"name": "慈溪"}}],
        "cars": [{"plate": "A1", "country": "CN", "colour": "blue"}],
    }
    home_77 = {"address": None, "members": [{"id": "p5", "place": {"name": None}}], "cars": []}
    assert answer.data == [
        {"home": home_1},
        {"home": home_1},
        {"home": home_2},
        {"home": None},
        {"home": home_77},
    ]
    assert len(statements) == 3


async def test_lists_in_lists_take_one_statement_each(connector: SqlConnector, statements: list[str]) -> None:
    inner = select("Person.home", select("Home.cars", select("Car.plate")))
    spec = FetchSpec(
        "register", FetchKind.ENTITIES, "Home", (select("Home.members", inner),), (InputField("number"),)
    )
    answer = await ask(connector, spec, 1, 3, 2)
    cars_1 = {"home": {"cars": [{"plate": "A1"}, {"plate": "B1"}]}}
    assert answer.data == [
        {"members": [cars_1, cars_1]},
        {"members": []},
        {"members": [{"home": {"cars": [{"plate": "A1"}]}}]},
    ]
    assert len(statements) == 3


async def test_more_than_a_batch_is_asked_for_in_batches(
    register: TestDatabase, statements: list[str]
) -> None:
    connector = connect(register, limits={"batch": 2})
    answer = await ask(connector, persons(select("Person.id")), *(f"p{number}" for number in range(6)))
    await connector.close()
    assert [each and each["id"] for each in answer.data] == [None, "p1", "p2", "p3", "p4", "p5"]
    assert len(statements) == 3


async def test_an_entity_may_have_a_key_of_several_parts(connector: SqlConnector) -> None:
    inputs = (InputField("country"), InputField("plate"))
    spec = FetchSpec("register", FetchKind.ENTITIES, "Car", (select("Car.colour"),), inputs)
    keys = [
        {"plate": "A1", "country": "DE"},
        {"plate": "A1", "country": "FR"},
        {"plate": "A1", "country": "CN"},
    ]
    assert (await ask(connector, spec, *keys)).data == [{"colour": "grey"}, None, {"colour": "blue"}]


@pytest.mark.parametrize(
    "key",
    ["", "P1", "p1 ", "p1\x00", "\ud800", "x" * 5_000, "' OR 1=1 --", "%s", ":keys", "%", None, True, 1.5, ["p1"], {"a": 1},
     7, 10**30],
    ids=repr,
)  # fmt: skip
async def test_a_key_that_nobody_has_finds_nobody_and_harms_nobody(
    connector: SqlConnector, key: Json
) -> None:
    answer = await ask(connector, persons(select("Person.id")), {"id": key}, "p1")
    assert answer.data == [None, {"id": "p1"}]
    assert answer.failures == []


@pytest.mark.parametrize("key", ["1", 1])
async def test_a_number_is_found_by_its_digits(connector: SqlConnector, key: Json) -> None:
    spec = FetchSpec(
        "register", FetchKind.ENTITIES, "Home", (select("Home.number"),), (InputField("number"),)
    )
    keys = (key, "one", "01", "1.0", " 1", 10**12, "9" * 40, -1)
    assert (await ask(connector, spec, *keys)).data == [{"number": 1}, *[None] * 7]


async def test_text_of_any_kind_arrives_as_it_is(connector: SqlConnector) -> None:
    assert (await ask(connector, persons(select("Person.name")), "p3")).data == [{"name": 'O\'Brien "%s" :x'}]


async def test_a_code_that_nobody_explained_is_null_and_said(connector: SqlConnector) -> None:
    member = select("Home.members", select("Person.id"), select("Person.sex"))
    spec = persons(select("Person.sex"), select("Person.home", member))
    answer = await ask(connector, spec, "p1", "p3", "p3")
    assert answer.data[0] == {
        "sex": "MALE",
        "home": {"members": [{"id": "p1", "sex": "MALE"}, {"id": "p2", "sex": "FEMALE"}]},
    }
    assert answer.data[1] == {"sex": None, "home": {"members": [{"id": "p3", "sex": None}]}}
    said = {each.path: each for each in answer.failures}
    assert set(said) == {("sex",), ("home", "members", "sex")}
    assert all(each.indices == {1, 2} for each in said.values())
    assert all(each.failure.kind is FailureKind.INVALID_RESPONSE for each in said.values())
    assert "9" not in said["sex",].failure.detail


IN_NINGBO = GuardTerm("area", (PathStep("place"), PathStep("code")), "within", Claim("division"))
OF_HERSELF = GuardTerm("self", (PathStep("id"),), "equals", Claim("citizen"))
FEMALE = GuardTerm("female", (PathStep("sex"),), "equals", Constant(("FEMALE",)))
HOUSED = GuardTerm("housed", (PathStep("home"), PathStep("number")), "present")
UNKNOWABLE = GuardTerm(
    "deep", (PathStep("place"), PathStep("parent"), PathStep("code")), "equals", Constant(("x",))
)
YOUNG = GuardTerm("young", (PathStep("born"),), "after", Constant(("1985-01-01",)))


@pytest.mark.parametrize(
    ("rows", "operands", "left"),
    [
        (RowFilter(((),)), {}, "p1 p2 p3 p4 p5"),
        (RowFilter(()), {}, ""),
        (RowFilter(((OF_HERSELF,),)), {"citizen": ("p2",)}, "p2"),
        (RowFilter(((OF_HERSELF,),)), {}, ""),
        (RowFilter(((IN_NINGBO,),)), {"division": ("330200",)}, "p1 p2 p3"),
        (RowFilter(((IN_NINGBO,),)), {"division": ("330203", "119999")}, "p1 p2"),
        (RowFilter(((IN_NINGBO,),)), {"division": ("990000",)}, "p5"),
        (RowFilter(((IN_NINGBO,),)), {"division": ("000000", "3302", "33020x", "")}, ""),
        (RowFilter(((FEMALE,),)), {}, "p2"),
        (RowFilter(((HOUSED,),)), {}, "p1 p2 p3 p5"),
        (RowFilter(((IN_NINGBO, FEMALE),)), {"division": ("330000",)}, "p2"),
        (RowFilter(((OF_HERSELF,), (FEMALE,))), {"citizen": ("p5",)}, "p2 p5"),
        (RowFilter(((FEMALE,), (UNKNOWABLE,))), {}, "p1 p2 p3 p4 p5"),  # what cannot be asked leaves nobody out
        (RowFilter(((FEMALE, UNKNOWABLE, YOUNG),)), {}, "p2"),
    ],
)  # fmt: skip
async def test_rows_that_nobody_wants_stay_in_the_database(
    connector: SqlConnector, rows: RowFilter, operands: dict[str, tuple[str, ...]], left: str
) -> None:
    ids = [f"p{number}" for number in range(1, 6)]
    answer = await ask(connector, persons(select("Person.id"), rows=rows), *ids, operands=operands)
    assert " ".join(each["id"] for each in answer.data if each) == left


async def test_rows_of_a_list_that_nobody_wants_stay_in_the_database(connector: SqlConnector) -> None:
    members = select("Home.members", select("Person.id"), rows=RowFilter(((OF_HERSELF,),)))
    answer = await ask(
        connector, persons(select("Person.home", members)), "p1", "p3", operands={"citizen": ("p2",)}
    )
    assert answer.data == [{"home": {"members": [{"id": "p2"}]}}, {"home": {"members": []}}]


async def test_what_a_condition_leaves_out_is_not_asked_for(
    connector: SqlConnector, statements: list[str]
) -> None:
    wanted = Condition(frozenset({frozenset({("more", True)})}))
    members = select("Home.members", select("Person.id"), condition=wanted)
    spec = persons(
        select("Person.name", condition=wanted), select("Person.home", select("Home.number"), members)
    )
    counts = []
    for variables in ({"more": True}, {"more": False}, {}):
        answer = await ask(connector, spec, "p4", "p3", variables=variables)
        counts.append(len(statements))
        more = variables.get("more")
        home = {"number": 2, "members": [{"id": "p3"}]} if more else {"number": 2}
        name = {"name": 'O\'Brien "%s" :x'} if more else {}
        assert answer.data[1] == {"home": home, **name}
    assert counts == [2, 3, 4]


@pytest.mark.parametrize(
    "spec",
    [
        FetchSpec("register", FetchKind.ROOT, "Query", (select("Query.person"),)),
        FetchSpec("register", FetchKind.ENTITIES, "Nobody", (), PERSON_KEY),
        FetchSpec("register", FetchKind.ENTITIES, "Firm", (select("Firm.code"),), (InputField("code"),)),
        FetchSpec("register", FetchKind.ENTITIES, "Person", (select("Person.id"),), (InputField("name"),)),
        FetchSpec("register", FetchKind.ENTITIES, "Person", (select("Person.id"),), ()),
        persons(select("Person.unknown")),
        persons(select("Person.employer", select("Firm.name"))),
        persons(FieldSelection("name", "name", frozenset({"Person"}), (Argument("a", "Int", "a"),))),
    ],
    ids=range(8),
)
async def test_what_cannot_be_asked_is_refused_beforehand(connector: SqlConnector, spec: FetchSpec) -> None:
    with pytest.raises(ValueError, match=r"the source|by|root|argument"):
        connector.prepare(spec)


async def test_endless_references_are_refused(connector: SqlConnector) -> None:
    place = select("Place.name")
    for _ in range(40):
        place = select("Place.parent", place)
    with pytest.raises(ValueError, match="references in one statement"):
        connector.prepare(persons(select("Person.place", place)))


async def test_people_can_read_what_will_be_asked(connector: SqlConnector) -> None:
    prepared = connector.prepare(persons(select("Person.home", select("Home.members", select("Person.id")))))
    assert prepared.text.count("SELECT") == 2
    assert "(:keys)" in prepared.text
    assert prepared.capabilities.batch == 500


async def test_a_check_finds_nothing_where_all_is_there(connector: SqlConnector) -> None:
    assert await connector.check() == []


async def test_a_check_names_what_the_database_does_not_have(register: TestDatabase) -> None:
    person = {**TYPES["Person"], "fields": {**TYPES["Person"]["fields"], "name": "xmm", "wage": 'g"z; DROP'}}
    cars = {**TYPES["Home"]["fields"]["cars"], "match": {"hhh": "number"}}
    home = {**TYPES["Home"], "fields": {"cars": cars}}
    connector = connect(
        register, {**TYPES, "Person": person, "Home": home, "Place": {**TYPES["Place"], "table": "t_no"}}
    )
    findings = await connector.check()
    await connector.close()
    lines = (register.folder / "register.yaml").read_text(encoding="utf-8").splitlines()
    said = {lines[(each.line or 0) - 1].strip(): each.message for each in findings}
    assert said == {
        "name: xmm": f"Person.name: the table {register.prefix}t_rk has no column xmm",
        "wage: g\"z; DROP": f'Person.wage: the table {register.prefix}t_rk has no column g"z; DROP',
        "cars:": f"Home.cars: the table {register.prefix}t_cz has no column hhh",
        "Place:": f"Place: the database has no table {register.prefix}t_no",
    }  # fmt: skip


async def test_odd_names_are_names(tmp_path: Path, register: TestDatabase) -> None:
    odd = 'a "b" %s :c `d` -- e'
    quote = "`" if register.kind == "mariadb" else '"'
    column = quote + odd.replace(quote, quote * 2).replace(":c", r"\:c") + quote
    register.execute(
        f"CREATE TABLE {{s}}t_odd (id VARCHAR(9), {column} VARCHAR(9))",
        "INSERT INTO {s}t_odd VALUES ('1', 'x')",
    )
    connector = connect(
        register, {"Person": {"table": "t_odd", "key": {"id": "id"}, "fields": {"name": odd}}}
    )
    answer = await ask(connector, persons(select("Person.name")), "1")
    await connector.close()
    register.execute("DROP TABLE {s}t_odd")
    assert answer.data == [{"name": "x"}]


async def test_two_rows_with_one_key_are_no_answer(register: TestDatabase) -> None:
    connector = connect(register, {"Car": {"table": "t_cz", "key": {"plate": "hp", "country": "gj"}},
                                   "Person": {"table": "t_c", "key": {"id": "hp"}, "fields": {"name": "ys"}}})  # fmt: skip
    answer = await ask(connector, persons(select("Person.name")), "B1", "A1")
    await connector.close()
    assert answer.data == [{"name": "red"}, None]
    (said,) = answer.failures
    assert (set(said.indices), said.path) == ({1}, ())
    assert said.failure.kind is FailureKind.INVALID_RESPONSE


async def test_a_list_that_cannot_be_read_leaves_the_rest(register: TestDatabase) -> None:
    cars = {**TYPES["Home"]["fields"]["cars"], "table": "t_gone"}
    connector = connect(
        register, {**TYPES, "Home": {**TYPES["Home"], "fields": {"address": "xz", "cars": cars}}}
    )
    spec = persons(
        select("Person.name"),
        select("Person.home", select("Home.address"), select("Home.cars", select("Car.plate"))),
    )
    answer = await ask(connector, spec, "p4", "p1")
    await connector.close()
    assert answer.data[1] == {"name": "王一", "home": {"address": "江滨路 1 号", "cars": None}}
    (said,) = answer.failures
    assert (set(said.indices), said.path) == ({1}, ("home", "cars"))
    assert said.failure.kind is FailureKind.ERROR


async def test_an_answer_that_is_too_large_is_refused(register: TestDatabase) -> None:
    connector = connect(register, limits={"response": 10})
    with pytest.raises(SourceFailure) as raised:
        await ask(connector, persons(select("Person.id"), select("Person.name")), "p1", "p2", "p3")
    await connector.close()
    assert raised.value.kind is FailureKind.INVALID_RESPONSE


async def test_a_table_that_is_gone_is_the_source_s_error(register: TestDatabase) -> None:
    connector = connect(register, {"Person": {"table": "t_gone", "key": {"id": "sfz"}}})
    with pytest.raises(SourceFailure) as raised:
        await ask(connector, persons(select("Person.id")), "hunter2")
    await connector.close()
    assert raised.value.kind is FailureKind.ERROR
    assert "hunter2" not in raised.value.detail

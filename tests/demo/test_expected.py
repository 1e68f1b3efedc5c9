"""The right answers, checked by hand on a city of five people and two divisions.

王刚 (1975, registered and living in 330203) is the clerk's case; 李敏, his wife, lives in 330205; their
daughter 王欣 moved away; his brother 王强 lives in a household of 330205. 赵静 is nobody's kin.
"""

import subprocess
import sys
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest

import demo
from demo.city import City, CreditRecord, Household, Kin, Person
from demo.divisions import Division
from demo.expected import TABLE, Answer, Column, Denied, expected_answer

GANG, MIN, XIN, QIANG, JING = (
    "330203197501011234",
    "330203197702022345",
    "330203200303033456",
    "330205197904044567",
    "330203198805055678",
)
NINGBO = Division("330200", "宁波市", None)
HAISHU = Division("330203", "海曙区", "330200")
JIANGBEI = Division("330205", "江北区", "330200")

CITY = City(
    seed=0,
    divisions={each.code: each for each in (NINGBO, HAISHU, JIANGBEI)},
    persons=(
        Person(QIANG, "王强", "MALE", "1979-04-04", "ACTIVE", "330205", "H2", "HEAD"),
        Person(XIN, "王欣", "FEMALE", "2003-03-03", "MOVED", "330203", "H1", "DAUGHTER"),
        Person(MIN, "李敏", "FEMALE", "1977-02-02", "ACTIVE", "330205", "H1", "WIFE"),
        Person(GANG, "王刚", "MALE", "1975-01-01", "ACTIVE", "330203", "H1", "HEAD"),
        Person(JING, "赵静", "FEMALE", "1988-05-05", "DECEASED", "330203", None, None),
    ),
    households=(Household("H1", "中山路1号", "330203"), Household("H2", "人民路2号", "330205")),
    kin={
        GANG: (Kin("FATHER", "王大", None), Kin("WIFE", "李敏", MIN), Kin("YOUNGER_BROTHER", "王强", QIANG)),
        MIN: (Kin("HUSBAND", "王刚", GANG), Kin("DAUGHTER", "王欣", XIN)),
    },
    marriages={},
    credit={
        GANG: (CreditRecord("X1", "PENALTY", "C", "2020-01-01", GANG),),
        MIN: (
            CreditRecord("X2", "CONTRACT", "A", "2019-01-01", MIN),
            CreditRecord("X3", "DEFAULT", "D", "2021-01-01", MIN),
        ),
    },
)

CLAIMS: Mapping[str, Mapping[str, str]] = {
    "anonymous": {},
    "citizen": {"citizenId": MIN},
    "clerk": {"division": "330203"},
    "registrar": {},
}
MOVE_HOUSE, HOUSEHOLD, DIVISIONS, CREDIT = (
    (Path(demo.__file__).parent.parent / "config" / "queries" / f"{name}.graphql").read_text(encoding="utf-8")
    for name in ("move-house", "household", "divisions", "credit")
)


def ask(query: str, persona: str, table: Mapping[str, Column] = TABLE, **variables: str) -> Answer:
    return expected_answer(CITY, query, variables, persona, CLAIMS[persona], table)


def test_anybody_sees_no_person_at_all() -> None:
    assert ask(MOVE_HOUSE, "anonymous", id=GANG) == Answer(
        {"person": None}, (Denied("Query.person", "purpose", ("person",)),)
    )


def test_the_citizen_sees_herself_her_household_without_the_others_and_her_records() -> None:
    assert ask(MOVE_HOUSE, "citizen", id=MIN) == Answer(
        {
            "person": {
                "citizenId": MIN,
                "name": "李敏",
                "sex": "FEMALE",
                "birthDate": "1977-02-02",
                "division": {"code": "330205", "name": "江北区"},
                "household": {
                    "id": "H1",
                    "address": "中山路1号",
                    "members": [{"name": "李敏", "relationToHead": "WIFE"}],
                },
                "kin": [
                    {"relation": "HUSBAND", "relativeName": "王刚", "relative": None},
                    {"relation": "DAUGHTER", "relativeName": "王欣", "relative": None},
                ],
                "creditRecords": [
                    {"id": "X2", "kind": "CONTRACT", "level": "A", "issuedOn": "2019-01-01"},
                    {"id": "X3", "kind": "DEFAULT", "level": "D", "issuedOn": "2021-01-01"},
                ],
            }
        },
        (),
    )


def test_the_clerk_sees_the_district_masked_and_no_credit() -> None:
    assert ask(MOVE_HOUSE, "clerk", id=GANG) == Answer(
        {
            "person": {
                "citizenId": "33**************34",
                "name": "王刚",
                "sex": "MALE",
                "birthDate": "1975",
                "division": {"code": "330203", "name": "海曙区"},
                "household": {
                    "id": "H1",
                    "address": "中山路1号",
                    "members": [{"name": "王刚", "relationToHead": "HEAD"}],
                },
                "kin": [
                    {"relation": "FATHER", "relativeName": "王大", "relative": None},
                    {"relation": "WIFE", "relativeName": "李敏", "relative": None},
                    {"relation": "YOUNGER_BROTHER", "relativeName": "王强", "relative": None},
                ],
                "creditRecords": None,
            }
        },
        (Denied("Person.creditRecords", "deny", ("person", "creditRecords")),),
    )


def test_the_registrar_sees_everybody_in_the_order_of_their_ids_and_no_credit() -> None:
    assert ask(MOVE_HOUSE, "registrar", id=GANG) == Answer(
        {
            "person": {
                "citizenId": GANG,
                "name": "王刚",
                "sex": "MALE",
                "birthDate": "1975-01-01",
                "division": {"code": "330203", "name": "海曙区"},
                "household": {
                    "id": "H1",
                    "address": "中山路1号",
                    "members": [
                        {"name": "王刚", "relationToHead": "HEAD"},
                        {"name": "李敏", "relationToHead": "WIFE"},
                        {"name": "王欣", "relationToHead": "DAUGHTER"},
                    ],
                },
                "kin": [
                    {"relation": "FATHER", "relativeName": "王大", "relative": None},
                    {
                        "relation": "WIFE",
                        "relativeName": "李敏",
                        "relative": {"name": "李敏", "citizenId": MIN},
                    },
                    {
                        "relation": "YOUNGER_BROTHER",
                        "relativeName": "王强",
                        "relative": {"name": "王强", "citizenId": QIANG},
                    },
                ],
                "creditRecords": None,
            }
        },
        (Denied("Person.creditRecords", "purpose", ("person", "creditRecords")),),
    )


@pytest.mark.parametrize("citizen_id", [MIN, XIN, QIANG, JING, "330203190001010013"])
def test_to_the_clerk_other_divisions_the_moved_the_dead_and_nobody_look_alike(citizen_id: str) -> None:
    assert ask(MOVE_HOUSE, "clerk", id=citizen_id) == Answer(
        {"person": None}, (Denied("Person.creditRecords", "deny", ("person", "creditRecords")),)
    )


@pytest.mark.parametrize("citizen_id", [GANG, XIN, QIANG, "330203190001010013"])
def test_to_the_citizen_everybody_else_is_nobody(citizen_id: str) -> None:
    assert ask(MOVE_HOUSE, "citizen", id=citizen_id) == Answer({"person": None}, ())


def test_who_died_has_no_household_and_kin_and_credit_may_be_empty() -> None:
    person = ask(
        "query($id: CitizenId!) { person(id: $id) { status household { id } kin { relation } } }",
        "registrar",
        id=JING,
    ).data["person"]
    assert person == {"status": "DECEASED", "household": None, "kin": []}


@pytest.mark.parametrize("persona", CLAIMS)
def test_divisions_are_open_to_everybody_and_end_where_there_is_none_above(persona: str) -> None:
    above = {"code": "330200", "name": "宁波市", "parent": None}
    assert ask(DIVISIONS, persona, code="330203") == Answer(
        {"division": {"code": "330203", "name": "海曙区", "parent": above}}, ()
    )


@pytest.mark.parametrize("persona", ["citizen", "clerk"])
def test_every_selection_of_a_denied_field_is_told_once_whatever_the_data(persona: str) -> None:
    paths = (("person", "status"), ("person", "household", "members", "status"))
    for citizen_id in (GANG, MIN, "330203190001010013"):
        denied = ask(HOUSEHOLD, persona, id=citizen_id).denied
        assert denied == tuple(Denied("Person.status", "purpose", path) for path in paths)


def test_the_registrar_sees_the_state_of_every_member() -> None:
    answer = ask(HOUSEHOLD, "registrar", id=GANG)
    assert answer.denied == ()
    assert [member["status"] for member in answer.data["person"]["household"]["members"]] == [  # type: ignore[index] # the data is JSON
        "ACTIVE", "ACTIVE", "MOVED",
    ]  # fmt: skip


def test_the_subject_of_a_record_is_narrowed_by_its_type() -> None:
    assert ask(CREDIT, "citizen", id=MIN).data["person"] == {
        "name": "李敏",
        "creditRecords": [
            {
                "id": record.id,
                "kind": record.kind,
                "level": record.level,
                "issuedOn": record.issued_on,
                "subject": {"__typename": "Person", "citizenId": MIN, "name": "李敏"},
            }
            for record in CITY.credit[MIN]
        ],
    }


def test_aliases_and_written_arguments_are_understood() -> None:
    query = f'{{ a: person(id: "{GANG}") {{ n: name s: status t: status }} }}'
    assert ask(query, "clerk") == Answer(
        {"a": {"n": "王刚", "s": None, "t": None}},
        (Denied("Person.status", "purpose", ("a", "s")), Denied("Person.status", "purpose", ("a", "t"))),
    )


def test_a_household_is_looked_up_where_it_is_visible() -> None:
    query = "query($id: ID!) { household(id: $id) { address } }"
    assert ask(query, "clerk", id="H1").data == {"household": {"address": "中山路1号"}}
    assert ask(query, "clerk", id="H2").data == {"household": None}
    assert ask(query, "citizen", id="H2").data == {"household": None}
    assert ask(query, "registrar", id="H2").data == {"household": {"address": "人民路2号"}}


def test_a_credit_record_is_looked_up_by_its_subject_alone() -> None:
    query = "query($id: ID!) { creditRecord(id: $id) { level } }"
    assert ask(query, "citizen", id="X2").data == {"creditRecord": {"level": "A"}}
    assert ask(query, "citizen", id="X1") == Answer({"creditRecord": None}, ())
    assert ask(query, "clerk", id="X1").denied == (Denied("Query.creditRecord", "deny", ("creditRecord",)),)
    assert ask(query, "registrar", id="X1").denied == (
        Denied("Query.creditRecord", "purpose", ("creditRecord",)),
    )


def test_two_rows_of_the_table_swapped_make_other_answers() -> None:
    swapped = {**TABLE, "clerk": TABLE["registrar"], "registrar": TABLE["clerk"]}
    for persona in ("clerk", "registrar"):
        assert ask(MOVE_HOUSE, persona, swapped, id=GANG) != ask(MOVE_HOUSE, persona, id=GANG)


def test_nothing_of_the_gateway_is_needed() -> None:
    names = "{name.split('.')[0] for name in sys.modules}"
    code = f"import sys, demo.expected; sys.exit(len({names} & {{'gateway', 'connectors'}}))"
    root = str(Path(demo.__file__).parent.parent)
    command = [sys.executable, "-P", "-c", code]
    assert subprocess.run(command, env={"PYTHONPATH": root}, check=False).returncode == 0


def test_the_divisions_come_with_the_package() -> None:
    assert (files("demo") / "data" / "areas.csv").is_file()

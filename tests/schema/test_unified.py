"""What a department, a policy author and a client read in the ontology."""

import pytest
from graphql import GraphQLEnumType, GraphQLObjectType, GraphQLUnionType, build_schema, parse
from graphql.language import FieldDefinitionNode, ObjectTypeDefinitionNode
from graphql.utilities import value_from_ast_untyped

from schema.unified import SCALARS, unified_sdl

FIELDS = {
    "Person": "citizenId name sex birthDate status relationToHead division household kin creditRecords",
    "Household": "id address division members",
    "Kinship": "person relation relativeName relative",
    "Division": "code name parent",
    "CreditRecord": "id kind level issuedOn subject",
}
KEYS = {"Person": "citizenId", "Household": "id", "Kinship": None, "Division": "code", "CreditRecord": "id"}

SCHEMA = build_schema(unified_sdl())
OBJECTS = {
    node.name.value: node
    for node in parse(unified_sdl()).definitions
    if isinstance(node, ObjectTypeDefinitionNode)
}
ALL_FIELDS = [(name, field) for name, node in OBJECTS.items() for field in node.fields or ()]


def directives(node: ObjectTypeDefinitionNode | FieldDefinitionNode) -> list[tuple[str, dict[str, object]]]:
    """Name and arguments of each directive on `node`."""
    return [
        (
            directive.name.value,
            {
                argument.name.value: value_from_ast_untyped(argument.value)
                for argument in directive.arguments or ()
            },
        )
        for directive in node.directives or ()
    ]


def field_id(value: object) -> str | None:
    return value.name.value if isinstance(value, FieldDefinitionNode) else None


@pytest.mark.parametrize(("type_name", "fields"), FIELDS.items())
def test_each_type_has_the_fields_that_outsiders_rely_on(type_name: str, fields: str) -> None:
    assert [field.name.value for owner, field in ALL_FIELDS if owner == type_name] == fields.split()


def test_there_is_no_other_object_type_and_no_root() -> None:
    assert set(OBJECTS) == set(FIELDS)


@pytest.mark.parametrize(("type_name", "key"), KEYS.items())
def test_entities_have_their_key_and_values_none(type_name: str, key: str | None) -> None:
    assert directives(OBJECTS[type_name]) == ([("key", {"fields": key})] if key else [])


@pytest.mark.parametrize(("type_name", "field"), ALL_FIELDS, ids=field_id)
def test_every_field_has_one_label(type_name: str, field: FieldDefinitionNode) -> None:
    assert [name for name, _ in directives(field)] == ["label"], type_name


def test_divisions_are_public_and_what_identifies_a_person_is_sensitive() -> None:
    levels = {
        f"{type_name}.{field.name.value}": directives(field)[0][1]["level"] for type_name, field in ALL_FIELDS
    }
    assert {level for coordinate, level in levels.items() if coordinate.startswith("Division.")} == {"public"}
    assert levels["Person.citizenId"] == levels["Person.birthDate"] == "sensitive"
    assert levels["Person.name"] == "internal"


def test_everything_is_described_in_chinese_and_english() -> None:
    described = [
        *(directive.description for directive in SCHEMA.directives if directive.name in ("key", "label")),
        *(named.description for name, named in SCHEMA.type_map.items() if name in FIELDS or name in SCALARS),
    ]
    for named in SCHEMA.type_map.values():
        if isinstance(named, GraphQLObjectType) and not named.name.startswith("__"):
            described += [field.description for field in named.fields.values()]
        if isinstance(named, GraphQLEnumType) and not named.name.startswith("__"):
            described += [named.description, *(value.description for value in named.values.values())]
    assert len(described) > 50
    for text in described:
        chinese, _, english = (text or "").partition(" / ")
        assert any("\u4e00" <= character <= "\u9fff" for character in chinese), text
        assert english and english.isascii(), text


def test_only_keys_are_promised() -> None:
    promised = [
        f"{name}.{field.name.value}" for name, field in ALL_FIELDS if field.type.kind == "non_null_type"
    ]
    assert sorted(promised) == ["CreditRecord.id", "Division.code", "Household.id", "Person.citizenId"]


def test_the_subject_of_a_credit_record_is_a_union_so_that_companies_can_join() -> None:
    subject = SCHEMA.type_map["CreditSubject"]
    assert isinstance(subject, GraphQLUnionType)
    assert [member.name for member in subject.types] == ["Person"]

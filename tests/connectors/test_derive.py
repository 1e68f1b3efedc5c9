"""From a manifest and the unified types to the schema that a source offers."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import build_schema, parse

from connectors.derive import derive_sdl
from connectors.manifest import Manifest, ManifestError, load_manifest
from schema.unified import unified_sdl

UNIFIED = """
directive @key(fields: String!, resolvable: Boolean! = true) repeatable on OBJECT | INTERFACE
directive @label(level: String!, categories: [String!]! = []) on FIELD_DEFINITION | OBJECT
scalar Code
enum Sex { MALE FEMALE }
union Party = Person
type Person @key(fields: "id") {
  "The number"
  id: ID! @label(level: "sensitive", categories: ["personal"])
  name: String @label(level: "internal")
  sex: Sex
  place: Place
  kin: [Kin!]
  friends: [Person!]
  names: [String]
  cars: [Car!]
  about(language: String): String
  party: Party
}
type Place @key(fields: "code") @label(level: "public") { code: Code! name: String }
type Car @key(fields: "plate country") { plate: String! country: String! colour: String }
type Kin { relation: String person: Person }
"""
FEDERATION = """
directive @link(url: String!, import: [String]) repeatable on SCHEMA
directive @key(fields: String!, resolvable: Boolean = true) repeatable on OBJECT
directive @shareable on OBJECT | FIELD_DEFINITION
type Query { nothing: Int }
"""


def manifest_of(folder: Path, types: dict[str, Any], kind: str = "sql") -> Manifest:
    path = folder / "manifest.yaml"
    url = "sqlite:////nowhere" if kind == "sql" else "https://nowhere.example"
    content = {"source": "s", "department": {"name": "d"}, "connector": kind, "url": url, "sharing": "unconditional",
               "types": types}  # fmt: skip
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    return load_manifest(path, {})


def person(**fields: Any) -> dict[str, Any]:
    return {"table": "t", "key": {"id": "nr"}, "fields": fields}


PLACE = {"table": "p", "key": {"code": "dm"}, "fields": {"name": "mc"}}


def derived(folder: Path, types: dict[str, Any], kind: str = "sql") -> str:
    sdl = derive_sdl(manifest_of(folder, types, kind), UNIFIED)
    parse(sdl)
    build_schema(FEDERATION + sdl)
    return sdl


def test_only_what_the_manifest_supplies_is_offered(tmp_path: Path) -> None:
    sdl = derived(tmp_path, {"Person": person(name="xm", sex={"column": "xb", "map": {"1": "MALE"}})})
    assert 'type Person @key(fields: "id") {' in sdl
    assert "name: String" in sdl
    assert "enum Sex" in sdl
    assert "place" not in sdl
    assert "scalar Code" not in sdl


def test_labels_and_descriptions_come_along(tmp_path: Path) -> None:
    sdl = derived(tmp_path, {"Person": person(), "Place": PLACE})
    assert 'id: ID! @label(level: "sensitive", categories: ["personal"])' in sdl
    assert '"The number"' in sdl
    assert 'type Place @key(fields: "code") @label(level: "public")' in sdl


def test_a_department_may_label_and_describe_anew_and_add_fields(tmp_path: Path) -> None:
    name = {
        "column": "xm",
        "label": {"level": "secret", "categories": ["a", "b"]},
        "description": 'say """hello"""',
    }
    age = {"column": "nl", "type": "Int", "label": "internal"}
    sdl = derived(tmp_path, {"Person": person(name=name, age=age)})
    assert 'name: String @label(level: "secret", categories: ["a", "b"])' in sdl
    assert "internal" in sdl
    assert 'level: "internal")\n  name' not in sdl
    assert 'age: Int @label(level: "internal", categories: [])' in sdl


def test_a_type_that_is_only_referred_to_is_a_stub(tmp_path: Path) -> None:
    sdl = derived(tmp_path, {"Person": person(place={"column": "xzqh", "references": "Place"})})
    assert 'type Place @key(fields: "code", resolvable: false)' in sdl
    assert "code: Code!" in sdl
    assert "place: Place" in sdl


def test_a_type_that_the_source_has_itself_needs_no_stub(tmp_path: Path) -> None:
    sdl = derived(
        tmp_path, {"Person": person(place={"column": "xzqh", "references": "Place"}), "Place": PLACE}
    )
    assert "resolvable" not in sdl


def test_items_of_a_list_bring_the_key_of_their_stub(tmp_path: Path) -> None:
    cars = {"many": "Car", "table": "c", "match": {"owner": "id"}, "key": {"plate": "hp", "country": "gj"}}
    sdl = derived(tmp_path, {"Person": person(cars=cars)})
    assert 'type Car @key(fields: "country plate", resolvable: false)' in sdl


def test_values_may_be_supplied_by_others_too(tmp_path: Path) -> None:
    types = {
        "Person": {"key": {"id": "nr"}, "get": "/{id}", "fields": {"kin": {"path": "gx", "many": "Kin"}}},
        "Kin": {"fields": {"relation": "dm", "person": {"path": "sfzh", "references": "Person"}}},
    }
    sdl = derived(tmp_path, types, "rest")
    assert "type Kin @shareable {" in sdl
    assert "kin: [Kin!]" in sdl


@pytest.mark.parametrize(
    ("types", "message", "line_of"),
    [
        ({"Persn": person(name="xm")}, "there is no unified type Persn", "Persn:"),
        ({"Party": person()}, "Party is no object type", "Party:"),
        ({"Person": person(nam="xm")}, "Person has no field nam", "nam:"),
        ({"Person": {"table": "t", "key": {"nr": "nr"}}}, "Person has no field nr for its key", "Person:"),
        ({"Person": {"table": "t", "key": {"name": "nr"}}}, "the key of Person is not one that it has", "Person:"),
        ({"Person": {"table": "t", "key": {"place": "nr"}}}, "Person.place is no plain value", "Person:"),
        ({"Kin": {"table": "t", "key": {"relation": "nr"}}}, "the key of Kin is not one", "Kin:"),
        ({"Person": person(place="xzqh")}, "Person.place is Place", "place:"),
        ({"Person": person(own={"column": "x", "type": "Strng"})}, "there is no unified type Strng", "own:"),
        ({"Person": person(place={"column": "x", "references": "Person"})}, "Person.place is Place", "place:"),
        ({"Person": person(names="x")}, "Person.names is [String]", "names:"),
        ({"Person": person(name={"column": "x", "references": "Place"})}, "Person.name is String and not", "name:"),
        ({"Person": person(name={"column": "x", "type": "Int"})}, "Person.name has a type already", "name:"),
        ({"Person": person(sex={"column": "x", "map": {"1": "MAN"}})}, "maps a code to MAN", "sex:"),
        ({"Person": person(about="x")}, "Person.about has arguments", "about:"),
        ({"Person": person(party={"column": "x", "references": "Party"})}, "Party is no object type", "party:"),
        ({"Person": person(friends={"many": "Person", "table": "f", "match": {"a": "id"}, "key": {"name": "b"}})},
         "Person.friends does not hold the key of Person", "friends:"),
        ({"Person": person(car={"column": "x", "type": "Car", "references": "Car"})},
         "Person.car does not hold the key of Car", "car:"),
        ({"Person": person(kin={"many": "Kin", "table": "f", "match": {"a": "id"}, "key": {"relation": "b"}})},
         "Person.kin holds Kin, which the manifest does not map", "kin:"),
    ],
)  # fmt: skip
def test_a_mapping_that_the_unified_types_do_not_bear_is_told(
    tmp_path: Path, types: dict[str, Any], message: str, line_of: str
) -> None:
    manifest = manifest_of(tmp_path, types)
    with pytest.raises(ManifestError) as raised:
        derive_sdl(manifest, UNIFIED)
    (found,) = [each for each in raised.value.findings if message in each.message]
    assert found.remedy
    assert line_of in manifest.path.read_text(encoding="utf-8").splitlines()[(found.line or 0) - 1]


def test_an_entity_without_a_key_is_told(tmp_path: Path) -> None:
    manifest = manifest_of(tmp_path, {"Person": {"fields": {"name": "xm"}}}, "rest")
    with pytest.raises(ManifestError, match="Person is an entity and has no `key` here"):
        derive_sdl(manifest, UNIFIED)


@pytest.mark.parametrize("name", ["public-security", "civil-affairs"])
def test_the_departments_of_the_example_city_yield_schemas(name: str) -> None:
    path = Path(__file__).parents[2] / "config" / "departments" / f"{name}.yaml"
    secrets = {"PUBLIC_SECURITY_DSN": "sqlite:////nowhere", "CIVIL_AFFAIRS_URL": "http://127.0.0.1:9",
               "CIVIL_AFFAIRS_TOKEN": "none"}  # fmt: skip
    sdl = derive_sdl(load_manifest(path, secrets), unified_sdl())
    build_schema(FEDERATION + sdl)
    assert 'type Person @key(fields: "citizenId")' in sdl

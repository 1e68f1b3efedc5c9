"""The demo's configuration fits the city: names, columns, codes, queries, personas."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from graphql import build_schema, parse, validate

import demo
from demo.city import City
from demo.credit_centre import sdl
from demo.expected import TABLE
from demo.personas import persona_ids
from demo.public_security import write_database
from demo.relations import RELATIONS
from schema.unified import unified_sdl

CONFIG = Path(demo.__file__).parent.parent / "config"
SOURCES = ["public-security", "civil-affairs", "credit-centre"]
ONTOLOGY = build_schema(unified_sdl())
ROOTS = "type Query { person(id: CitizenId!): Person division(id: DivisionCode!): Division }"

# Any: YAML, looked into by the tests.
Document = dict[str, Any]


def load(name: str) -> Document:
    document: Document = yaml.safe_load((CONFIG / name).read_text(encoding="utf-8"))
    return document


def manifest(source: str) -> Document:
    return load(f"departments/{source}.yaml")


def value_maps(source: str) -> Iterator[tuple[str, dict[str, str]]]:
    for type_name, description in manifest(source)["types"].items():
        for name, option in description["fields"].items():
            if isinstance(option, dict) and "map" in option:
                yield f"{type_name}.{name}", option["map"]


def test_the_sdl_in_the_manifest_is_what_the_service_prints() -> None:
    stored = (CONFIG / "departments" / "credit-centre.graphql").read_text(encoding="utf-8")
    assert stored == sdl(), "run: python -m demo.credit_centre --print-sdl"


@pytest.mark.parametrize("source", SOURCES)
def test_each_department_shares_unconditionally_and_keeps_its_secrets_out_of_the_manifest(
    source: str,
) -> None:
    description = manifest(source)
    assert (description["source"], description["sharing"]) == (source, "unconditional")
    assert description["url"].startswith("${")
    assert all(value.startswith("${") for value in description.get("headers", {}).values())


@pytest.mark.parametrize("source", SOURCES[:2])
def test_manifests_supply_fields_that_the_unified_types_have(source: str) -> None:
    for type_name, description in manifest(source)["types"].items():
        unified = ONTOLOGY.type_map[type_name].fields  # type: ignore[attr-defined] # all of these are objects
        assert set(description["fields"]) | set(description.get("key", {})) <= set(unified)


@pytest.mark.parametrize("source", SOURCES[:2])
def test_codes_are_translated_into_values_that_exist(source: str) -> None:
    for coordinate, translation in value_maps(source):
        type_name, _, field = coordinate.partition(".")
        enum = ONTOLOGY.type_map[type_name].fields[field].type  # type: ignore[attr-defined] # as above
        assert set(translation.values()) <= set(enum.values), coordinate


def test_every_code_in_the_database_is_translated(city: City, tmp_path: Path) -> None:
    write_database(city, tmp_path / "db.sqlite")
    tables = {"Person.sex": "d_xb", "Person.status": "d_zt", "Person.relationToHead": "d_gx"}
    translations = dict(value_maps("public-security"))
    with closing(sqlite3.connect(tmp_path / "db.sqlite")) as database:
        for coordinate, table in tables.items():
            codes = {code for (code,) in database.execute(f"SELECT dm FROM {table}")}  # noqa: S608 - as listed
            assert codes <= set(translations[coordinate]), coordinate


def test_codes_in_the_database_mean_through_the_manifest_what_the_city_says(
    city: City, tmp_path: Path
) -> None:
    write_database(city, tmp_path / "db.sqlite")
    maps = dict(value_maps("public-security"))
    relations = {None: None} | maps["Person.relationToHead"]
    with closing(sqlite3.connect(tmp_path / "db.sqlite")) as database:
        stored = list(database.execute("SELECT gmsfhm, xbdm, zt_dm, yhzgx FROM t_rkxx"))
    assert {
        (citizen_id, maps["Person.sex"][sex], maps["Person.status"][status], relations[relation])
        for citizen_id, sex, status, relation in stored
    } == {(each.citizen_id, each.sex, each.status, each.relation_to_head) for each in city.persons}


def test_every_column_of_the_manifest_is_in_the_database(city: City, tmp_path: Path) -> None:
    write_database(city, tmp_path / "db.sqlite")
    with closing(sqlite3.connect(tmp_path / "db.sqlite")) as database:
        for description in manifest("public-security")["types"].values():
            table = description["table"]
            columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
            fields = description["fields"].values()
            named = {each if isinstance(each, str) else each.get("column") for each in fields} - {None}
            assert named | set(description["key"].values()) <= columns


def test_civil_affairs_codes_mean_what_the_national_table_says() -> None:
    translations = dict(value_maps("civil-affairs"))["Kinship.relation"]
    assert translations == {relation.code: name for name, relation in RELATIONS.items() if name != "HEAD"}


@pytest.mark.parametrize("entry", load("demo.yaml")["queries"], ids=lambda entry: str(entry["file"]))
def test_each_example_query_has_a_title_in_two_languages_and_fits_the_types(entry: Document) -> None:
    text = (CONFIG / entry["file"]).read_text(encoding="utf-8")
    title = text.splitlines()[0]
    assert title.startswith("# ")
    assert " / " in title
    document = parse(text)
    assert validate(build_schema(unified_sdl() + ROOTS), document) == []
    [operation] = document.definitions
    variables = {each.variable.name.value for each in operation.variable_definitions}  # type: ignore[attr-defined] # one operation
    assert set(entry["variables"]) == variables


def test_every_query_of_the_folder_is_offered() -> None:
    offered = {entry["file"] for entry in load("demo.yaml")["queries"]}
    assert offered == {f"queries/{path.name}" for path in (CONFIG / "queries").iterdir()}


def test_the_personas_are_those_that_the_right_answers_know(city: City) -> None:
    personas = [persona["name"] for persona in load("demo.yaml")["personas"]]
    assert personas == list(TABLE) == list(persona_ids(city))


def test_every_secret_and_address_of_the_manifests_is_supplied() -> None:
    supplied: set[str] = set()
    for department in load("demo.yaml")["departments"]:
        supplied |= set(department["environment"])
    wanted = {
        text.partition("}")[0]
        for source in SOURCES
        for text in (CONFIG / "departments" / f"{source}.yaml").read_text(encoding="utf-8").split("${")[1:]
    }
    assert wanted == supplied

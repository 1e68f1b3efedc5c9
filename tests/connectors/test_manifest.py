"""What departments write in manifests: what is read, and what they are told about mistakes."""

import copy
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from connectors.manifest import Label, ManifestError, ManifestFinding, load_manifest, manifest_json_schema

DEPARTMENTS = Path(__file__).parents[2] / "config" / "departments"
SECRETS = {
    "PUBLIC_SECURITY_DSN": "sqlite:////nowhere/public-security.sqlite",
    "CIVIL_AFFAIRS_URL": "http://127.0.0.1:9",
    "CIVIL_AFFAIRS_TOKEN": "hunter2",
    "CREDIT_CENTRE_URL": "http://127.0.0.1:9/graphql",
}
SQL: dict[str, Any] = {
    "source": "register",
    "department": {"name": "公安局"},
    "connector": "sql",
    "url": "sqlite:////nowhere/register.sqlite",
    "sharing": "unconditional",
    "types": {"Person": {"table": "t", "key": {"id": "nr"}, "fields": {"name": "xm"}}},
}
REST: dict[str, Any] = {
    "source": "kin",
    "department": {"name": "民政局"},
    "connector": "rest",
    "url": "https://kin.example/api",
    "sharing": "unconditional",
    "types": {"Person": {"key": {"id": "nr"}, "get": "/people/{id}", "fields": {"name": "xm"}}},
}
GRAPHQL: dict[str, Any] = {
    "source": "credit",
    "department": {"name": "信用中心"},
    "connector": "graphql",
    "url": "https://credit.example/graphql",
    "sharing": "unconditional",
}

Write = Callable[[str | Mapping[str, Any]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a manifest: text as it is, anything else as YAML."""

    def write(content: str | Mapping[str, Any]) -> Path:
        path = tmp_path / "manifest.yaml"
        text = content if isinstance(content, str) else yaml.safe_dump(dict(content), allow_unicode=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def changed(manifest: Mapping[str, Any], keys: str, value: Any) -> dict[str, Any]:
    """A manifest with one value put in its place; `keys` has slashes between."""
    result = copy.deepcopy(dict(manifest))
    at = result
    *way, last = keys.split("/")
    for key in way:
        at = at.setdefault(key, {})
    at[last] = value
    return result


def findings_of(path: Path, environment: Mapping[str, str] = SECRETS) -> tuple[ManifestFinding, ...]:
    with pytest.raises(ManifestError) as raised:
        load_manifest(path, environment)
    return raised.value.findings


@pytest.mark.parametrize("name", ["public-security", "civil-affairs", "credit-centre"])
def test_the_manifests_of_the_example_city_are_read(name: str) -> None:
    manifest = load_manifest(DEPARTMENTS / f"{name}.yaml", SECRETS)
    assert (manifest.source, manifest.sharing, manifest.max_age) == (name, "unconditional", 10.0)


def test_a_database_is_read_with_all_it_says() -> None:
    manifest = load_manifest(DEPARTMENTS / "public-security.yaml", SECRETS)
    assert manifest.url == SECRETS["PUBLIC_SECURITY_DSN"]
    assert manifest.department.division == "330200"
    assert (manifest.limits.concurrency, manifest.limits.timeout, manifest.limits.retries) == (16, 2.0, 2)
    person, household = manifest.types["Person"], manifest.types["Household"]
    assert (person.table, person.key) == ("t_rkxx", {"citizenId": "gmsfhm"})
    assert (person.fields["sex"].column, person.fields["sex"].map["1"]) == ("xbdm", "MALE")
    assert (person.fields["household"].column, person.fields["household"].references) == (
        "hh_id",
        "Household",
    )
    many = household.fields["members"].many
    assert many is not None
    assert (many.type, many.table, many.match, many.key) == (
        "Person", "t_rkxx", {"hh_id": "id"}, {"citizenId": "gmsfhm"},
    )  # fmt: skip
    text = (DEPARTMENTS / "public-security.yaml").read_text(encoding="utf-8").splitlines()
    assert text[person.fields["sex"].line - 1].strip().startswith("sex:")


def test_a_rest_service_is_read_with_all_it_says() -> None:
    manifest = load_manifest(DEPARTMENTS / "civil-affairs.yaml", SECRETS)
    assert manifest.headers == {"X-App-Token": "hunter2"}
    assert manifest.health == "/_health"
    person, kinship = manifest.types["Person"], manifest.types["Kinship"]
    assert (person.get, person.unwrap) == ("/api/v1/qinshu/{citizenId}", "data")
    assert person.not_found is not None
    assert (person.not_found.path, person.not_found.values) == ("code", ("404",))
    assert person.fields["kin"].many is not None
    assert kinship.key == {}
    assert kinship.fields["relative"].references == "Person"


def test_a_graphql_service_brings_its_schema() -> None:
    manifest = load_manifest(DEPARTMENTS / "credit-centre.yaml", SECRETS)
    assert manifest.sdl is not None
    assert "type CreditRecord" in manifest.sdl


def test_what_is_not_stated_has_a_default(write: Write) -> None:
    manifest = load_manifest(write(SQL), {})
    assert (manifest.max_age, manifest.health, manifest.sdl, manifest.headers) == (0.0, None, None, {})
    assert (manifest.limits.batch, manifest.limits.rate, manifest.limits.response_bytes) == (
        500,
        None,
        8 * 2**20,
    )


@pytest.mark.parametrize(
    ("keys", "written", "attribute", "expected"),
    [
        ("limits/timeout", "500ms", "timeout", 0.5),
        ("limits/timeout", "1.5s", "timeout", 1.5),
        ("limits/timeout", "1m", "timeout", 60.0),
        ("limits/rate", "500/s", "rate", 500.0),
        ("limits/rate", "30/m", "rate", 0.5),
        ("limits/response", "2MiB", "response_bytes", 2 * 2**20),
        ("limits/response", "10 KiB", "response_bytes", 10 * 2**10),
        ("limits/response", 4096, "response_bytes", 4096),
        ("limits/batch", 50, "batch", 50),
    ],
)  # fmt: skip
def test_limits_are_read_in_their_units(
    write: Write, keys: str, written: Any, attribute: str, expected: float
) -> None:
    assert getattr(load_manifest(write(changed(SQL, keys, written)), {}).limits, attribute) == expected


def test_labels_and_descriptions_of_fields_are_read(write: Write) -> None:
    label = {"level": "sensitive", "categories": ["personal"]}
    fields = {
        "name": {"column": "xm", "label": label, "description": "两\n行"},
        "age": {"column": "nl", "type": "Int"},
    }
    person = load_manifest(write(changed(SQL, "types/Person/fields", fields)), {}).types["Person"]
    assert person.fields["name"].label == Label("sensitive", ("personal",))
    assert person.fields["name"].description == "两\n行"
    assert person.fields["age"].type == "Int"


def test_codes_are_text_as_written(write: Write) -> None:
    text = yaml.safe_dump(SQL).replace("name: xm", "name: {column: xm, map: {01: A, no: B, 2: 3, yes: no}}")
    assert load_manifest(write(text), {}).types["Person"].fields["name"].map == {
        "01": "A", "no": "B", "2": "3", "yes": "no",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("manifest", "keys", "value", "message"),
    [
        (SQL, "tabel", "t", "unknown key `tabel`"),
        (SQL, "types/Person/tabel", "t", "unknown key `tabel`"),
        (SQL, "types/Person/fields/name", {"colum": "xm"}, "unknown key `colum`"),
        (SQL, "department/nam", "x", "unknown key `nam`"),
        (SQL, "department", {"contact": "x"}, "`department` lacks `name`"),
        (SQL, "source", "Register", "`source` is malformed"),
        (SQL, "source", 7, "`source` must be text"),
        (SQL, "sharing", "sometimes", "`sharing` has a value that is not known"),
        (SQL, "freshness", {"max_age": 60}, "`max_age` must be text"),
        (SQL, "freshness", {"max_age": "60 parsecs"}, "`max_age` is malformed"),
        (SQL, "limits/timeout", "0s", "`timeout` is out of range"),
        (SQL, "limits/timeout", "2h", "`timeout` is out of range"),
        (SQL, "limits/concurrency", 0, "`concurrency` is malformed or out of range"),
        (SQL, "limits/concurrency", "many", "`concurrency` must be a whole number"),
        (SQL, "limits/rate", "500", "`rate` is malformed"),
        (SQL, "limits/response", "900MiB", "`response` is out of range"),
        (SQL, "types", {}, "`types` is empty"),
        (SQL, "types/1Person", {"table": "t", "key": {"id": "nr"}}, "`1Person` cannot be a name"),
        (SQL, "types/Person/key", {}, "`key` is empty"),
        (SQL, "types/Person", {"key": {"id": "nr"}}, "`Person` lacks `table`"),
        (SQL, "types/Person/get", "/x/{id}", "`get` does not belong here"),
        (SQL, "headers", {"a": "b"}, "`headers` does not belong here"),
        (SQL, "types/Person/fields/name", {"path": "xm"}, "`path` does not belong here"),
        (SQL, "types/Person/fields/id", "nr", "Person.id is the key already"),
        (SQL, "types/Person/fields/name", {"map": {"1": "A"}}, "Person.name does not say where its value is"),
        (SQL, "types/Person/fields/name", {"column": "a", "map": {"1": "A"}, "references": "B"}, "has a `map`"),
        (SQL, "types/Person/fields/kin", {"many": "Person"}, "`many` lacks `table`, `match`, `key`"),
        (SQL, "types/Person/fields/kin",
         {"many": "Person", "table": "k", "match": {"a": "nobody"}, "key": {"id": "b"}}, "Person.kin matches nobody"),
        (REST, "types/Person/table", "t", "`table` does not belong here"),
        (REST, "types/Person", {"key": {"id": "nr"}}, "`key` lacks `get`"),
        (REST, "types/Person/get", "/people/{number}", "do not name the same fields"),
        (REST, "types/Person/get", "people/{id}", "`get` is malformed"),
        (REST, "types/Person/not_found", {"path": "code"}, "`path` lacks `values`"),
        (REST, "types/Person/not_found", {"status": [4]}, "malformed or out of range"),
        (REST, "url", "ftp://kin.example", "`url` is not an HTTP address"),
        (REST, "url", "http://kin.example", "`url` is not encrypted"),
        (REST, "url", "https://me:secret@kin.example", "`url` holds credentials"),
        (REST, "url", "https://kin.example/?key=1", "`url` holds a query"),
        (REST, "url", "https://kin.example:port", "`url` is not an HTTP address"),
        (REST, "headers", {"a b": "c"}, "`a b` cannot be a name"),
        (REST, "token", "abc", "`token` is malformed"),
        (REST, "sdl", "x.graphql", "`sdl` does not belong here"),
        (GRAPHQL, "types", {"Person": {"key": {"id": "nr"}}}, "`types` does not belong here"),
        (GRAPHQL, "sdl", "none.graphql", "none.graphql: the schema's file cannot be read"),
        (GRAPHQL, "sdl", "../secret.graphql", "leads out of the manifest's folder"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_a_remedy(
    write: Write, manifest: Mapping[str, Any], keys: str, value: Any, message: str
) -> None:
    path = write(changed(manifest, keys, value))
    found = [each for each in findings_of(path) if message in each.message]
    assert len(found) == 1
    assert found[0].remedy
    assert re.fullmatch(rf"INVALID_MANIFEST {re.escape(str(path))}:\d+:\d+ .+; .+", str(found[0]))


def test_a_mistake_is_told_at_its_own_line(write: Write) -> None:
    text = "source: a\ndepartment:\n  name: b\nconnector: sql\nurl: c\nsharing: maybe\ntypes:\n  Person:\n    tabel: t\n"
    places = {each.message: (each.line, each.column) for each in findings_of(write(text))}
    assert places["`sharing` has a value that is not known"] == (6, 1)
    assert places["unknown key `tabel`"] == (9, 5)
    assert places["`Person` lacks `table`, `key`"] == (8, 3)


def test_all_mistakes_are_told_at_once(write: Write) -> None:
    manifest = changed(
        changed(changed(SQL, "source", "A B"), "limits/rate", "x"), "types/Person/fields/a", 3.5
    )
    assert len(findings_of(write(manifest))) >= 2


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "a manifest is a mapping"),
        ("- a\n- b\n", "a manifest is a mapping"),
        ("a: [", "this is not YAML"),
        ("a: b\n---\nc: d\n", "this is not YAML"),
        ("a: \x07\n", "a character is not allowed"),
        ("source: a\nsource: b\n", "the key `source` is here twice"),
        ("source: !!python/object/apply:os.system ['true']\n", "unknown key|lacks|must be text"),
        ("source: !secret x\n", "the tag !secret is not understood"),
        ("? [a, b]\n: c\n", "a key must be plain text"),
        ('source: "a\\nb"\n', "the text holds a line break"),
        ("a: " + "[" * 5_000 + "]" * 5_000 + "\n", "nest"),
        ("a: " + "[" * 100 + "]" * 100 + "\n", "nest"),
        ("a: &a [x, x, x, x, x, x, x, x, x, x]\n"
         + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 10)}]\n" for a, b in zip("abcdef", "bcdefg", strict=True)),
         "the manifest holds too much"),
        ("a: &a [*a]\n", "the manifest holds too much"),
        ("#" * 1_000_001, "larger than 1,000,000 bytes"),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_is_no_manifest_is_refused(write: Write, content: str, message: str) -> None:
    assert re.search(message, "\n".join(each.message for each in findings_of(write(content))))


def test_a_file_that_is_missing_or_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"source: a\n# caf\xe9\n")
    assert "cannot be read" in findings_of(tmp_path / "none.yaml")[0].message
    assert "cannot be read" in findings_of(tmp_path)[0].message
    found = findings_of(tmp_path / "latin.yaml")[0]
    assert (found.message, found.line) == ("the manifest is not UTF-8", 2)


@pytest.mark.parametrize(
    ("keys", "value", "line_of"),
    [
        ("url", "https://kin.example/${PATH_TO_IT}", "url"),
        ("headers", {"X-Key": "${PATH_TO_IT}"}, "X-Key"),
        ("token", "${PATH_TO_IT}", "token"),
        ("types/Person/headers", {"X-Key": "a ${PATH_TO_IT} b"}, "X-Key"),
    ],
)
def test_a_missing_secret_is_told_by_its_name(write: Write, keys: str, value: Any, line_of: str) -> None:
    path = write(changed(REST, keys, value))
    (found,) = findings_of(path, {"PATH_TO_IT": ""})
    assert found.message == "the variable PATH_TO_IT is not set"
    assert line_of in path.read_text(encoding="utf-8").splitlines()[(found.line or 0) - 1]


def test_a_secret_is_put_in_and_never_shown(write: Write) -> None:
    manifest = changed(REST, "token", "${TOKEN}")
    manifest = changed(manifest, "headers", {"X-Key": "key ${KEY}"})
    manifest = changed(manifest, "types/Person/headers", {"X-Other": "${KEY}"})
    manifest = changed(manifest, "url", "https://${HOST}/api")
    read = load_manifest(write(manifest), {"TOKEN": "hunter2", "KEY": "hunter3", "HOST": "hunter4.example"})
    assert read.url == "https://hunter4.example/api"
    assert read.headers == {"X-Key": "key hunter3", "Authorization": "Bearer hunter2"}
    assert read.types["Person"].headers == {"X-Other": "hunter3"}
    assert "hunter" not in repr(read)


def test_a_finding_never_repeats_a_secret(write: Write) -> None:
    manifest = changed(changed(REST, "url", "${URL}"), "headers", {"X-Key": "${KEY}"})
    found = findings_of(write(manifest), {"URL": "http://hunter2.example", "KEY": "hunter3\nX-Other: 1"})
    assert "hunter" not in "".join(map(str, found))
    assert "the variable KEY holds a control character" in {each.message for each in found}


def test_a_secret_elsewhere_is_refused(write: Write) -> None:
    (found,) = findings_of(write(changed(SQL, "types/Person/table", "${TABLE}")), {"TABLE": "t"})
    assert found.message == "`table` refers to a variable"


def test_the_schema_for_editors_is_a_schema_and_agrees_with_the_reader() -> None:
    schema = manifest_json_schema()
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema
    for manifest in (SQL, REST, GRAPHQL):
        assert not list(Draft202012Validator(schema).iter_errors(manifest))

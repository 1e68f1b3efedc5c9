"""Settings that are right are read as written; each one that is wrong is told with its line."""

from pathlib import Path

import pytest

from gateway.errors import ConfigurationError
from gateway.settings import DepartmentSettings, IdentitySettings, Limits, SupergraphSettings, load_settings

GOOD = """\
ontology: {sdl: "a.b:sdl", scalars: "a.b:SCALARS"}
departments: departments
policies: policies
record:
  Person: "012345"
"""
COMPOSED = """\
supergraph: city.graphql
policies: policies
sharing: {books: unconditional}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "departments").mkdir()
    (tmp_path / "policies").mkdir()
    return tmp_path


def findings(folder: Path, text: str | bytes, **environment: str) -> list[str]:
    file = folder / "gateway.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigurationError) as raised:
        load_settings(file, environment)
    return [str(finding).removeprefix(f"SETTINGS_INVALID {file}:") for finding in raised.value.findings]


def test_the_shipped_settings_are_usable() -> None:
    settings = load_settings(Path(__file__).parents[2] / "config" / "gateway.yaml", {})
    assert isinstance(settings.sources, DepartmentSettings)
    assert settings.sources.ontology_sdl == "schema.unified:unified_sdl"
    assert settings.sources.manifests.is_dir()
    assert settings.sources.record["CreditRecord"] == "credit-centre"
    assert settings.limits == Limits()
    assert (settings.identity, settings.host, settings.port) == (None, "127.0.0.1", 8080)


def test_values_are_read_as_written_and_the_rest_has_defaults(folder: Path) -> None:
    file = folder / "gateway.yaml"
    file.write_text(GOOD + "limits: {seconds: 2.5, tokens: 1_000}\nserver: {port: 0}\n")
    settings = load_settings(file, {})
    assert isinstance(settings.sources, DepartmentSettings)
    assert settings.sources.record == {"Person": "012345"}
    assert settings.limits == Limits(seconds=2.5, tokens=1000)
    assert settings.port == 0


def test_the_issuers_key_is_a_file_beside_the_settings_or_a_secret(folder: Path) -> None:
    file = folder / "gateway.yaml"
    file.write_text(GOOD + 'identity: {issuer: "https://a.example", public_key: keys/a.pem}\n')
    assert load_settings(file, {}).identity == IdentitySettings("https://a.example", folder / "keys/a.pem")
    file.write_text(GOOD + 'identity: {issuer: "${ISSUER}", public_key: "${KEY}"}\n')
    pem = "-----BEGIN PUBLIC KEY-----\n"
    assert load_settings(file, {"ISSUER": "i", "KEY": pem}).identity == IdentitySettings("i", pem)


def test_a_composed_supergraph_stands_in_place_of_departments(folder: Path) -> None:
    file = folder / "gateway.yaml"
    file.write_text(COMPOSED)
    settings = load_settings(file, {})
    assert settings.sources == SupergraphSettings(folder / "city.graphql", {"books": "unconditional"})


@pytest.mark.parametrize("rest", [GOOD, COMPOSED], ids=["departments", "a composed supergraph"])
def test_labels_of_moving_fields_are_active_where_they_are_listed(folder: Path, rest: str) -> None:
    file = folder / "gateway.yaml"
    file.write_text(rest)
    assert load_settings(file, {}).override_labels == frozenset()
    file.write_text(rest + 'override_labels: [night, "percent(5)"]\n')
    assert load_settings(file, {}).override_labels == {"night", "percent(5)"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (COMPOSED + "override_labels: night\n", "4:18 override_labels is no list"),
        (COMPOSED + "override_labels: [a, {b: c}]\n", "4:22 override_labels holds what is no label"),
        (COMPOSED + "departments: departments\n", "4:1 unknown key 'departments'"),
        (COMPOSED + "ontology: {}\n", "4:1 unknown key 'ontology'"),
        (COMPOSED + "record: {Book: books}\n", "4:1 unknown key 'record'"),
        (
            COMPOSED.replace("unconditional", "always"),
            "3:18 books is none of unconditional, conditional, none",
        ),
        ("supergraph: city.graphql\npolicies: policies\n", "1:1 sharing is missing"),
        (GOOD + "sharing: {books: none}\n", "6:1 unknown key 'sharing'"),
        (GOOD + "limts: {}\n", "6:1 unknown key 'limts'"),
        (GOOD + "policies: policies\n", "6:1 the key policies stands here twice"),
        (GOOD + "limits: {tokens: 1e9}\n", "6:18 tokens is not a whole number"),
        (GOOD + "limits: {seconds: .nan}\n", "6:19 seconds is not a number of seconds"),
        (GOOD + "limits: {depth: 0}\n", "6:17 depth is not a whole number"),
        (GOOD + "server: {port: 70000}\n", "6:16 port is not a whole number"),
        (GOOD + "server: 8080\n", "6:9 server is no mapping"),
        (GOOD + "identity: {issuer: a}\n", "6:11 public_key is missing"),
        (GOOD + 'identity: {issuer: a, public_key: "${NO_SUCH}"}\n', "variables that are not set: NO_SUCH"),
        (GOOD.replace("departments: dep", "departments: no"), "2:14 departments names a folder"),
        (GOOD.replace("a.b:sdl", "a.b.sdl"), "1:17 sdl is not of the form module:name"),
        (GOOD.replace("record", "recorded"), "1:1 record is missing"),
        (GOOD + "limits: &all {}\n", "6:9 anchors and aliases"),
        (GOOD + "limits: !!map {}\n", "6:9 tags are not allowed"),
        (GOOD + "limits: {{{{{{{{{{", "nested too deeply"),
        ("", "is no mapping"),
        ("a: b: c", "is not YAML"),
        (b"\xff\xfe\xff", "is not YAML"),
        ("# " + "x" * 300_000, "larger than"),
    ],
)
def test_each_mistake_is_told_with_its_place(folder: Path, text: str | bytes, expected: str) -> None:
    assert any(expected in finding for finding in findings(folder, text)), findings(folder, text)


def test_all_mistakes_come_at_once_in_the_order_of_their_lines(folder: Path) -> None:
    found = findings(folder, "departments: nowhere\nlimits:\n  tokens: 0\n  pace: 3\n")
    assert [line.split(":")[0] for line in found] == sorted(line.split(":")[0] for line in found)
    assert len(found) == 6


def test_a_secret_never_stands_in_a_finding(folder: Path) -> None:
    found = findings(folder, GOOD + 'identity: {issuer: "${A}", public_key: "${A}${B}"}\n', A="hunter2")
    assert "hunter2" not in "".join(found)
    assert "not set: B" in "".join(found)


def test_a_file_that_is_not_there_is_one_finding(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        load_settings(tmp_path / "none.yaml", {})

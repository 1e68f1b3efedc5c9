"""The command line over the real city, as processes of their own."""

import contextlib
import json
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx
import pytest

from demo.prepare import prepare

HUITONG = [sys.executable, "-c", "from gateway.cli import main; main()"]
ROOT = Path(__file__).parents[2]
SECRETS = {
    "PUBLIC_SECURITY_DSN": "sqlite:////nowhere/public-security.sqlite",
    "CIVIL_AFFAIRS_URL": "http://127.0.0.1:9",
    "CIVIL_AFFAIRS_TOKEN": "hunter2",
    "CREDIT_CENTRE_URL": "http://127.0.0.1:9/graphql",
}


def huitong(environment: Mapping[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*HUITONG, *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_the_demo_checks_itself(tmp_path: Path, shell_environment: dict[str, str]) -> None:
    ended = huitong(shell_environment, "demo", "--check", "--people", 300, "--dir", tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert re.search(r"(\d+) of \1 answers are right", ended.stdout)
    assert "move-house as clerk about present" in ended.stdout


def test_the_demo_runs_until_it_is_told_to_stop(tmp_path: Path, shell_environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    arguments = ["demo", "--people", "300", "--port", str(port), "--dir", str(tmp_path)]
    demo = subprocess.Popen(
        [*HUITONG, *arguments],
        env=shell_environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with demo, contextlib.ExitStack() as stack:
        stack.callback(demo.kill)  # whatever fails here must not wait for it
        assert demo.stdout is not None
        printed: list[str] = []
        while not printed or "Ctrl-C" not in printed[-1]:
            line = demo.stdout.readline()
            assert line, "".join(printed)
            printed.append(line)
        url = f"http://127.0.0.1:{port}"
        assert f"{url}/graphql" in "".join(printed)
        assert httpx.get(f"{url}/health/ready").status_code == 200
        personas = httpx.get(f"{url}/_dev/personas").json()
        assert [one["name"] for one in personas] == ["anonymous", "citizen", "clerk", "registrar"]
        assert personas == json.loads((tmp_path / "personas.json").read_text())
        state = json.loads((tmp_path / "gateway.json").read_text())
        sources = {one["name"]: one for one in httpx.get(f"{url}/admin/sources").json()}
        assert set(sources) == {"public-security", "civil-affairs", "credit-centre"}
        assert sources["civil-affairs"].items() >= {"department": "民政局", "state": "closed"}.items()

        asked = huitong(shell_environment, "query", "move-house", "--as", "clerk", "--dir", tmp_path)
        assert asked.returncode == 0
        assert json.loads(asked.stdout)["data"]["person"]["citizenId"].count("*") == 14
        assert "ACCESS_DENIED Person.creditRecords" in asked.stderr

        again = huitong(shell_environment, "demo", "--port", 0, "--dir", tmp_path)
        assert (again.returncode, again.stderr.split()[0]) == (1, "ALREADY_RUNNING")
        taken = huitong(shell_environment, "demo", "--port", port, "--dir", tmp_path / "other")
        assert (taken.returncode, taken.stderr.split()[0]) == (1, "ADDRESS_UNAVAILABLE")

        demo.send_signal(signal.SIGINT)
        assert demo.wait(30) == 0
    for department in state["departments"].values():
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{department['url']}/_health")
    assert not (tmp_path / "gateway.json").exists()


def test_the_plan_takes_three_steps_at_most_and_asks_nobody(
    tmp_path: Path, shell_environment: dict[str, str]
) -> None:
    for persona in ("citizen", "clerk", "registrar"):
        ended = huitong(shell_environment, "plan", "move-house", "--as", persona, "--dir", tmp_path)
        assert ended.returncode == 0, ended.stderr
        steps = re.search(r"(\d+) dependent step", ended.stdout)
        assert steps is not None
        assert int(steps[1]) <= 3
        assert "public-security" in ended.stdout


def test_the_schema_is_printed_without_any_department(shell_environment: dict[str, str]) -> None:
    ended = huitong(shell_environment, "schema", "print")
    assert ended.returncode == 0, ended.stderr
    assert "type Person" in ended.stdout
    assert "person(" in ended.stdout


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A deployment's own copy of the configuration, to be broken."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    return tmp_path / "config"


@pytest.mark.parametrize(
    ("file", "right", "wrong", "says"),
    [
        ("departments/public-security.yaml", "name: xm", "nmae: xm", "nmae"),
        ("policies/rules/household-move.yaml", "Person.sex", "Person.sexx", "Person.sexx"),
        ("gateway.yaml", "tokens: 10_000", "tokens: lots", "tokens"),
    ],
)
def test_a_mistake_in_the_configuration_is_one_line_with_its_place(
    config: Path, shell_environment: dict[str, str], file: str, right: str, wrong: str, says: str
) -> None:
    text = (config / file).read_text()
    assert right in text
    (config / file).write_text(text.replace(right, wrong, 1))
    arguments = ("serve", "--port", 0, "--config", config / "gateway.yaml")
    ended = huitong({**shell_environment, **SECRETS}, *arguments)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert re.search(rf"^[A-Z_]+ \S*{re.escape(file)}:\d+(:\d+)? .*{re.escape(says)}.*; ", line), line


def test_a_column_that_the_database_lacks_is_told_with_the_manifests_line(
    config: Path, city_database: Path, shell_environment: dict[str, str]
) -> None:
    manifest = config / "departments" / "public-security.yaml"
    manifest.write_text(manifest.read_text().replace("name: xm\n", "name: xming\n", 1))
    secrets = {**SECRETS, "PUBLIC_SECURITY_DSN": f"sqlite:///{city_database}"}
    arguments = ("serve", "--port", 0, "--config", config / "gateway.yaml")
    ended = huitong({**shell_environment, **secrets}, *arguments)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert "public-security.yaml:" in line
    assert "xming" in line


@pytest.fixture(scope="module")
def city_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("database")
    prepare(folder, 1, 100)
    return folder / "public-security.sqlite"


@pytest.mark.parametrize("name", sorted(SECRETS))
def test_a_missing_secret_is_named_and_no_other_is_shown(
    shell_environment: dict[str, str], name: str
) -> None:
    given = {key: value for key, value in SECRETS.items() if key != name}
    ended = huitong({**shell_environment, **given}, "serve", "--port", 0)
    assert ended.returncode == 1
    [line] = ended.stderr.splitlines()
    assert name in line
    assert "hunter2" not in line

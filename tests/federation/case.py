"""A case of the suite: one folder with a composed supergraph, its sources' SDL, data and operations."""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from graphql import OperationDefinitionNode, parse, print_ast, separate_operations

from tests.federation.world import World

CASES = Path(__file__).parent / "cases"
PLACEHOLDER = "http://sources.example"
"""Where composed SDL says that sources answer; the harness puts a port of this machine there."""

_VARIABLES = re.compile(r"# variables: (?P<json>\{.*\})|^(?:query|mutation) (?P<name>\w+)", re.MULTILINE)


@dataclass(frozen=True)
class Run:
    """One operation, as its own document, with the variables of one request."""

    name: str
    document: str
    variables: dict[str, Any]  # Any: JSON

    def __str__(self) -> str:
        return f"{self.name}{json.dumps(self.variables) if self.variables else ''}"


@dataclass(frozen=True)
class Case:
    """`covers`: the features that the case is about. `requests`: per run, how many are enough."""

    name: str
    covers: tuple[str, ...]
    supergraph: str
    api: str
    subgraphs: dict[str, str]
    data: dict[str, Any]  # Any: JSON, see world.py
    runs: tuple[Run, ...]
    requests: dict[str, int]

    @property
    def folder(self) -> Path:
        """Where the case stands."""
        return CASES / self.name

    @property
    def operations(self) -> dict[str, str]:
        """Each operation's document by name."""
        return {run.name: run.document for run in self.runs}

    def world(self) -> World:
        """The data as it is before any request."""
        return World.of(self.data)


def case_names() -> list[str]:
    """Every case, by name."""
    return sorted(path.name for path in CASES.iterdir() if (path / "case.yaml").exists())


@cache
def read_case(name: str) -> Case:
    """Read a case; raises OSError when a file is missing."""
    folder = CASES / name

    def text(file: str) -> str:
        return (folder / file).read_text(encoding="utf-8")

    about = yaml.safe_load(text("case.yaml"))
    subgraphs = {
        path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "subgraphs").iterdir())
    }
    return Case(
        name,
        tuple(about["covers"]),
        text("supergraph.graphql"),
        text("api.graphql"),
        subgraphs,
        yaml.safe_load(text("data.yaml")),
        tuple(runs_of(text("operations.graphql"))),
        yaml.safe_load(text("requests.yaml")),
    )


def runs_of(text: str) -> list[Run]:
    """The runs of a file of operations: one for each `# variables: {...}` above an operation, or one without."""
    variables: dict[str, list[dict[str, Any]]] = {}
    waiting: list[dict[str, Any]] = []
    for found in _VARIABLES.finditer(text):
        if found["json"]:
            waiting.append(json.loads(found["json"]))
        else:
            variables[found["name"]] = waiting or [{}]
            waiting = []
    separate = separate_operations(parse(text))
    return [
        Run(name, print_ast(document), values)
        for name, document in separate.items()
        if any(isinstance(node, OperationDefinitionNode) for node in document.definitions)
        for values in variables[name]
    ]

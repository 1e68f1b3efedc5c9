"""`config/demo.yaml`: the departments to start, the personas, the queries to try."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from gateway.cli.failures import failure
from gateway.cli.places import CONFIG
from gateway.identity import Principal

FILE: Final = CONFIG / "demo.yaml"
_TITLE: Final = re.compile(r"#\s*(?P<zh>[^/\n]+?)\s*/\s*(?P<en>[^\n]+?)\s*\n")


@dataclass(frozen=True, slots=True)
class Department:
    """A department of the demo. `module` is None for one without a process.

    In `environment`, `{data}` stands for the city's folder, `{url}` for the process's address,
    `{secret}` for a secret drawn at each start.
    """

    source: str
    module: str | None
    environment: Mapping[str, str]

    def filled(self, data: Path, url: str, secret: str) -> dict[str, str]:
        """The environment with its places filled."""
        return {
            name: text.replace("{data}", str(data)).replace("{url}", url).replace("{secret}", secret)
            for name, text in self.environment.items()
        }


@dataclass(frozen=True, slots=True)
class Example:
    """A query to try. Variables whose text is `$present`, `$absent`, … stand for a persona's ids."""

    name: str
    title: Mapping[str, str]
    query: str
    variables: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Role:
    """What a persona is in the demo: the claims of its token, `$present` for the id of its own case."""

    name: str
    title: Mapping[str, str]
    roles: tuple[str, ...]
    purpose: str
    claims: Mapping[str, str]

    @property
    def principal(self) -> Principal:
        """The principal without claims: enough for what does not depend on rows."""
        return Principal(self.name, frozenset(self.roles), frozenset({self.purpose}))


@dataclass(frozen=True, slots=True)
class DemoConfig:
    """All of it."""

    departments: tuple[Department, ...]
    examples: tuple[Example, ...]
    roles: tuple[Role, ...]


def load_demo_config(file: Path = FILE) -> DemoConfig:
    """Read the demo's configuration, which is shipped. Raises ConfigurationError when it is not usable."""
    try:
        # Every scalar is text, as in all of the configuration.
        read: dict[str, Any] = yaml.load(file.read_bytes(), Loader=yaml.BaseLoader)  # noqa: S506  # no objects
        return DemoConfig(
            departments=tuple(_department(entry) for entry in read["departments"]),
            examples=tuple(_example(entry, file.parent) for entry in read["queries"]),
            roles=tuple(_role(entry) for entry in read["personas"]),
        )
    except (OSError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        message = f"{file} is not usable ({type(error).__name__})"
        raise failure("DEMO_INVALID", message, "restore the file that is shipped with huitong") from None


def _department(entry: dict[str, Any]) -> Department:  # Any: YAML, as written
    return Department(entry["source"], entry.get("module"), dict(entry.get("environment", {})))


def _example(entry: dict[str, Any], folder: Path) -> Example:  # Any: YAML, as written
    path = folder / entry["file"]
    text = path.read_text(encoding="utf-8")
    title = _TITLE.match(text)
    return Example(
        name=path.stem,
        title=title.groupdict() if title else {"zh": path.stem, "en": path.stem},
        query=text,
        variables={name: _dollar(value) for name, value in entry.get("variables", {}).items()},
    )


def _role(entry: dict[str, Any]) -> Role:  # Any: YAML, as written
    claims = {name: _dollar(value) for name, value in entry.get("claims", {}).items()}
    return Role(entry["name"], dict(entry["title"]), tuple(entry["roles"]), entry["purpose"], claims)


def _dollar(text: str) -> str:
    """`{present}` of the file as `$present`, which is what the landing page and `huitong query` know."""
    return f"${text[1:-1]}" if re.fullmatch(r"\{[a-z]+\}", text) else text


def fill_ids(variables: Mapping[str, Any], ids: Mapping[str, str]) -> dict[str, Any]:  # Any: JSON
    """`variables` with `$present`, `$absent`, … replaced by a persona's ids."""
    return {
        name: ids.get(value[1:], value) if isinstance(value, str) and value.startswith("$") else value
        for name, value in variables.items()
    }

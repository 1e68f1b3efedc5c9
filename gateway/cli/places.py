"""Where things are: the configuration that is shipped beside the packages, and what a running demo leaves."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from connectors.base import Json
from gateway.cli.failures import failure
from gateway.errors import ConfigurationError

# In a checkout and in an installed wheel alike, `config` stands beside the package `gateway`.
CONFIG: Final = Path(__file__).parents[2] / "config"
SETTINGS: Final = CONFIG / "gateway.yaml"
DEMO: Final = Path(".huitong/demo")

_MAX_BYTES: Final = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Persona:
    """One of whom a user may be in the demo: its token, its purpose, and the ids worth asking about."""

    name: str
    title: dict[str, str]
    token: str | None
    purpose: str
    ids: dict[str, str]


def write_personas(directory: Path, personas: list[Persona]) -> None:
    """Write `personas.json`, readable by its owner alone: it holds tokens."""
    _write(directory / "personas.json", [asdict(persona) for persona in personas])


def read_personas(directory: Path) -> list[Persona]:
    """The personas of the demo in `directory`. Raises ConfigurationError when it has never run there."""
    try:
        return [Persona(**entry) for entry in _read(directory / "personas.json")]
    except TypeError:
        raise _not_prepared(directory) from None


def find_persona(directory: Path, name: str) -> Persona:
    """The persona of that name. Raises ConfigurationError when there is none."""
    personas = read_personas(directory)
    for persona in personas:
        if persona.name == name:
            return persona
    raise unknown_persona(name, (persona.name for persona in personas))


def unknown_persona(name: str, known: Iterator[str]) -> ConfigurationError:
    """The failure of a command that was given a persona's name which nobody has."""
    return failure("PERSONA_UNKNOWN", f"there is no persona {name!r}", f"choose one of {', '.join(known)}")


def write_state(directory: Path, state: dict[str, Json]) -> None:
    """Write `gateway.json`: where the running demo answers, and its processes."""
    _write(directory / "gateway.json", state)


def forget_state(directory: Path) -> None:
    """The demo has ended."""
    (directory / "gateway.json").unlink(missing_ok=True)


def read_url(directory: Path) -> str:
    """Where the demo in `directory` answers. Raises ConfigurationError when none runs there."""
    try:
        return str(_read(directory / "gateway.json")["url"])
    except (ConfigurationError, KeyError, TypeError):
        message = f"no gateway is known to run in {directory}"
        raise failure(
            "NOT_RUNNING", message, "start one with `huitong demo`, or name it with --url"
        ) from None


def _read(path: Path) -> Json:
    try:
        with path.open("rb") as file:
            return json.loads(file.read(_MAX_BYTES))
    except (OSError, ValueError):
        raise _not_prepared(path.parent) from None


def _not_prepared(directory: Path) -> ConfigurationError:
    return failure("NOT_PREPARED", f"there is no demo in {directory}", "start it once with `huitong demo`")


def _write(path: Path, content: Json) -> None:
    """Write a file whole or not at all, readable by its owner alone."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(content, file, ensure_ascii=False, indent=2)
    part.replace(path)

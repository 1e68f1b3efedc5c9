"""What of the demo is there before anything runs: the city, its personas, their tokens, the settings."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from demo.city import City
from demo.personas import persona_ids
from demo.prepare import prepare
from gateway.cli.demo_config import DemoConfig, Role, fill_ids, load_demo_config
from gateway.cli.failures import failure
from gateway.cli.places import SETTINGS, Persona, write_personas
from gateway.cli.serving import ISSUER, with_development
from gateway.identity import DevKey
from gateway.server.development import Development
from gateway.settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class Prepared:
    """A demo that can be started. `claims` are those of each persona's token, by the persona's name."""

    directory: Path
    config: DemoConfig
    city: City
    personas: list[Persona]
    claims: dict[str, dict[str, str]]
    settings: Settings
    development: Development


def prepare_city(directory: Path, people: int, seed: int) -> Prepared:
    """Make the city in `directory`, unless it is there, and `personas.json` with fresh tokens.

    Raises ConfigurationError when the folder cannot be used or the city not be made.
    """
    config = load_demo_config()
    settings = load_settings(SETTINGS, os.environ)
    city = _city(directory, people, seed)
    key = DevKey.load_or_create(directory, ISSUER)
    ids = {name: _as_dict(one) for name, one in persona_ids(city).items()}
    claims = {role.name: fill_ids(role.claims, ids[role.name]) for role in config.roles}
    personas = [_persona(role, key, ids[role.name], claims[role.name]) for role in config.roles]
    write_personas(directory, personas)
    settings, development = with_development(replace(settings, identity=None), directory)
    return Prepared(directory, config, city, personas, claims, settings, development)


def _city(directory: Path, people: int, seed: int) -> City:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("正在生成示例城市 / Making the example city", total=people)
        try:
            return prepare(
                directory,
                seed,
                people,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
        except ValueError as error:
            raise failure("DEMO_INVALID", str(error), "choose another --people or --seed") from None
        except OSError as error:
            message = f"the city cannot be written ({error.strerror})"
            raise failure("DIRECTORY_UNUSABLE", message, "choose another --dir") from None


def _as_dict(ids: object) -> dict[str, str]:
    return {name: getattr(ids, name) for name in ("present", "absent", "invisible", "moved")}


def _persona(role: Role, key: DevKey, ids: dict[str, str], claims: dict[str, str]) -> Persona:
    token = None
    if role.name != "anonymous":
        token = key.sign(role.name, role.roles, [role.purpose], claims)
    return Persona(role.name, dict(role.title), token, role.purpose, ids)

"""`huitong query`: ask a running gateway, as one of the demo's personas."""

import json
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import httpx

from connectors.base import Json
from gateway.cli.demo_config import fill_ids, load_demo_config
from gateway.cli.failures import FAILED, FINE, failure
from gateway.cli.places import CONFIG, Persona, find_persona, read_url

_TIMEOUT: Final = httpx.Timeout(30.0, connect=5.0)
_MAX_QUERY_BYTES: Final = 1024 * 1024
_ANONYMOUS: Final = "anonymous"


def query_command(
    text: str, variables: str | None, persona_name: str, purpose: str | None, directory: Path, url: str | None
) -> int:
    """Print the answer on stdout, its errors one a line on stderr; 1 when there is no data."""
    persona = _persona(directory, persona_name, url)
    values = _variables(variables) if variables is not None else _examples_variables(text)
    request = {"query": read_query(text), "variables": fill_ids(values, persona.ids)}
    headers = {"Accept": "application/graphql-response+json"}
    if persona.token:
        headers["Authorization"] = f"Bearer {persona.token}"
    if purpose or persona.purpose:
        headers["Huitong-Purpose"] = purpose or persona.purpose
    answer = _post(f"{(url or read_url(directory)).removesuffix('/graphql')}/graphql", request, headers)
    print(json.dumps(answer, ensure_ascii=False, indent=2))
    for problem in answer.get("errors", ()):
        print(_line(problem), file=sys.stderr)
    return FINE if "data" in answer else FAILED


def read_query(text: str) -> str:
    """The query itself: `text` is it, or `-` (stdin), or a file's name, or the name of an example."""
    if text == "-":
        return sys.stdin.read(_MAX_QUERY_BYTES)
    if "{" in text:
        return text
    for path in (Path(text), CONFIG / "queries" / f"{text}.graphql"):
        # A name that no file can have, or a file that is no text, is simply not it.
        with suppress(OSError, ValueError), path.open(encoding="utf-8") as file:
            return file.read(_MAX_QUERY_BYTES)
    message = f"{text!r} is neither a query nor a file with one"
    raise failure("QUERY_NOT_FOUND", message, "write '{ field }', or the name of a file")


def _persona(directory: Path, name: str, url: str | None) -> Persona:
    """The persona; whoever asks another gateway anonymously needs no demo."""
    if name == _ANONYMOUS and url is not None:
        return Persona(name, {}, None, "", {})
    return find_persona(directory, name)


def _examples_variables(text: str) -> Mapping[str, Json]:
    """The variables that an example is shipped with; none for any other query."""
    return next((one.variables for one in load_demo_config().examples if one.name == text), {})


def _variables(text: str) -> Mapping[str, Json]:
    try:
        variables = json.loads(text)
    except ValueError:
        variables = None
    if not isinstance(variables, dict):
        raise failure("VARIABLES_INVALID", "--variables is no JSON object", """write '{"id": "$present"}'""")
    return variables


def _post(url: str, request: dict[str, Json], headers: dict[str, str]) -> dict[str, Any]:  # Any: JSON
    try:
        with httpx.Client(timeout=_TIMEOUT, trust_env=False) as client:
            response = client.post(url, json=request, headers=headers)
        answer = response.json()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        message = f"the gateway at {url} cannot be asked ({type(error).__name__})"
        raise failure("GATEWAY_UNREACHABLE", message, "look whether it runs there") from None
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        message = f"what answers at {url} is no GraphQL gateway (status {response.status_code})"
        raise failure("GATEWAY_UNREACHABLE", message, "correct --url")
    return answer


def _line(problem: Mapping[str, Any]) -> str:  # Any: JSON
    extensions = problem.get("extensions", {})
    place = extensions.get("coordinate") or ".".join(map(str, problem.get("path", ())))
    reason = extensions.get("reason")
    text = f"{problem.get('message', '')}{f' ({reason})' if reason else ''}"
    return " ".join(part for part in (extensions.get("code", "ERROR"), place, text) if part)


def token_command(directory: Path, persona_name: str) -> int:
    """Print the persona's token."""
    token = find_persona(directory, persona_name).token
    if token is None:
        raise failure("NO_TOKEN", f"{persona_name} asks without a token", "choose another persona")
    print(token)
    return FINE

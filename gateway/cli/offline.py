"""`huitong plan` and `huitong schema print`: what can be told without asking any department."""

import os
from collections.abc import Mapping
from pathlib import Path

from gateway.cli.asking import read_query
from gateway.cli.demo_config import load_demo_config
from gateway.cli.failures import FAILED, FINE, report
from gateway.cli.places import SETTINGS, unknown_persona
from gateway.cli.serving import run
from gateway.errors import Finding, RequestRefused
from gateway.identity import ANONYMOUS, Principal
from gateway.planning.printing import plan_text
from gateway.policy import PurposeNotPermitted, PurposeRequired
from gateway.registry.loading import load_snapshot
from gateway.server.pipeline import GraphQLRequest, Pipeline
from gateway.settings import load_settings
from gateway.snapshot import Snapshot


def plan_command(text: str, persona: str, purpose: str | None, config: Path, directory: Path) -> int:
    """Print the plan for one of the demo's personas; 1 when the query is refused."""
    return run(_plan(read_query(text), _principal(persona), purpose, config, directory))


def print_schema_command(config: Path, directory: Path) -> int:
    """Print the public schema."""
    return run(_print_schema(config, directory))


async def _plan(query: str, principal: Principal, purpose: str | None, config: Path, directory: Path) -> int:
    settings = load_settings(config, os.environ)
    snapshot = await _snapshot(config, directory)
    try:
        pipeline = Pipeline(snapshot, settings.limits)
        stated = purpose or next(iter(principal.purposes), None)
        request = GraphQLRequest(query, None, None)
        print(plan_text(pipeline.plan(request, principal, pipeline.purpose(principal, stated))), end="")
    except RequestRefused as refused:
        report(Finding(one.code.value, one.message, "correct the query") for one in refused.problems)
        return FAILED
    except (PurposeRequired, PurposeNotPermitted) as error:
        report([Finding("PURPOSE_NOT_PERMITTED", str(error), "choose another --purpose or --as")])
        return FAILED
    finally:
        await snapshot.close()
    return FINE


async def _print_schema(config: Path, directory: Path) -> int:
    snapshot = await _snapshot(config, directory)
    try:
        print(snapshot.supergraph.sdl.rstrip())
    finally:
        await snapshot.close()
    return FINE


async def _snapshot(config: Path, directory: Path) -> Snapshot:
    settings = load_settings(config, os.environ)
    environment = _demo_environment(directory) if config == SETTINGS else {}
    return await load_snapshot(settings, {**environment, **os.environ}, ask_sources=False)


def _demo_environment(directory: Path) -> Mapping[str, str]:
    """What the demo's manifests refer to, with addresses where nobody answers: nothing is asked of them."""
    return {
        name: text
        for department in load_demo_config().departments
        for name, text in department.filled(directory.absolute(), "http://127.0.0.1:9", "none").items()
    }


def _principal(persona: str) -> Principal:
    roles = {role.name: role for role in load_demo_config().roles}
    if persona not in roles:
        raise unknown_persona(persona, iter(roles))
    return ANONYMOUS if persona == "anonymous" else roles[persona].principal

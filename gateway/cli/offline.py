"""`huitong plan` and `huitong schema print`: what can be told without asking any department."""

import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Final

from gateway.cli.asking import read_query
from gateway.cli.demo_config import load_demo_config
from gateway.cli.failures import FAILED, FINE, failure, report
from gateway.cli.places import SETTINGS, unknown_persona
from gateway.cli.serving import run
from gateway.errors import Code, Finding, RequestRefused
from gateway.identity import ANONYMOUS, Principal
from gateway.planning import QueryPlan
from gateway.planning.mermaid import plan_mermaid
from gateway.planning.printing import plan_text
from gateway.policy import PurposeNotPermitted, PurposeRequired
from gateway.registry.composed import open_snapshot, read_composed
from gateway.registry.loading import load_snapshot
from gateway.server.pipeline import GraphQLRequest, Pipeline
from gateway.server.variants import UNDRAWN
from gateway.settings import Limits, load_settings
from gateway.snapshot import Snapshot
from gateway.supergraph.model import Supergraph
from gateway.supergraph.progressive import labels_of

FORMATS: Final[Mapping[str, Callable[[QueryPlan], str]]] = {"text": plan_text, "mermaid": plan_mermaid}
"""The ways to print a plan, by the name of the option's value."""


def plan_command(
    text: str, persona: str, purpose: str | None, config: Path, directory: Path, form: str
) -> int:
    """Print the plan for one of the demo's personas; 1 when the query is refused."""
    query, principal = read_query(text), _principal(persona)
    stated = purpose or next(iter(principal.purposes), None)
    limits = load_settings(config, os.environ).limits
    return run(_plan(_snapshot(config, directory), limits, query, principal, stated, FORMATS[form]))


def plan_open_command(text: str, supergraph: Path, override_labels: frozenset[str], form: str) -> int:
    """Print the plan that `serve --open` would run over a composed supergraph; 1 when the query is refused.

    Of what moves by a label, the plan is the one for requests for which `override_labels` alone are active.
    """
    query = read_query(text)
    loading = _open_snapshot(supergraph, override_labels)
    return run(_plan(loading, Limits(), query, ANONYMOUS, None, FORMATS[form]))


def print_schema_command(config: Path, directory: Path) -> int:
    """Print the public schema."""
    return run(_print_schema(config, directory))


def print_supergraph_command(supergraph: Path) -> int:
    """Print the public schema of a composed supergraph."""
    _print_sdl(read_composed(supergraph).supergraph)
    return FINE


async def _plan(
    loading: Awaitable[Snapshot],
    limits: Limits,
    query: str,
    principal: Principal,
    stated: str | None,
    print_plan: Callable[[QueryPlan], str],
) -> int:
    snapshot = await loading
    try:
        pipeline = Pipeline(snapshot, limits, draw=lambda: UNDRAWN)
        request = GraphQLRequest(query, None, None)
        print(print_plan(pipeline.plan(request, principal, pipeline.purpose(principal, stated))), end="")
    except RequestRefused as refused:
        report(Finding(one.code.value, one.message, _remedy(one.code)) for one in refused.problems)
        return FAILED
    except (PurposeRequired, PurposeNotPermitted) as error:
        report([Finding("PURPOSE_NOT_PERMITTED", str(error), "choose another --purpose or --as")])
        return FAILED
    finally:
        await snapshot.close()
    return FINE


def _remedy(code: Code) -> str:
    return "compose the supergraph again" if code is Code.UNANSWERABLE else "correct the query"


async def _print_schema(config: Path, directory: Path) -> int:
    snapshot = await _snapshot(config, directory)
    try:
        _print_sdl(snapshot.supergraph)
    finally:
        await snapshot.close()
    return FINE


def _print_sdl(supergraph: Supergraph) -> None:
    print(supergraph.sdl.rstrip())


async def _open_snapshot(file: Path, override_labels: frozenset[str]) -> Snapshot:
    """Nothing is asked, so that it does not matter where the sources answer."""
    composed = read_composed(file)
    known = labels_of(composed.supergraph)
    for label in sorted(override_labels - known):
        remedy = f"the labels are {', '.join(sorted(known))}" if known else "no field moves by any label"
        raise failure("OVERRIDE_LABEL_UNKNOWN", f"no field moves by the label {label[:80]!r}", remedy)
    return open_snapshot(composed, file, override_labels)


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

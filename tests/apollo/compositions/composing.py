"""A set of sources, composed by @apollo/composition and by Huitong, in words that can be compared."""

import json
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graphql import build_schema, lexicographic_sort_schema, print_schema

from gateway.errors import ConfigurationError
from gateway.supergraph.composing import compose_sources
from gateway.supergraph.source.model import SourceText
from tests.apollo.compositions.set_files import SourceSet
from tests.apollo.node import Node

_HERE = Path(__file__).parent
_PATIENCE = 300.0  # seconds that all sets together may take


@dataclass(frozen=True)
class Outcome:
    """What a composer made of a set: errors by code, or SDL, what clients see (sorted), hints by code."""

    errors: Counter[str] = field(default_factory=Counter)
    messages: tuple[str, ...] = ()
    sdl: str = ""
    schema: str = ""
    hints: Counter[str] = field(default_factory=Counter)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the errors, each once, sorted; none: it composes."""
        return tuple(sorted(self.errors))


@dataclass(frozen=True)
class Apollo:
    """What @apollo/composition made of many sets, by title, and the codes that it has for errors and hints."""

    outcomes: dict[str, Outcome]
    error_codes: frozenset[str]
    hint_codes: frozenset[str]


def by_apollo(node: Node, sets: Sequence[SourceSet]) -> Apollo:
    """Compose all sets in one process of Node."""
    done = subprocess.run(
        [str(node.node), "compose.js"],
        cwd=_HERE,
        env=node.environment,
        input=json.dumps([_services(one) for one in sets]),
        encoding="utf-8",
        capture_output=True,
        timeout=_PATIENCE,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    outcomes = {one.title: _outcome(answer) for one, answer in zip(sets, told["sets"], strict=True)}
    return Apollo(outcomes, frozenset(told["errors"]), frozenset(told["hints"]))


@dataclass(frozen=True)
class Huitong:
    """What Huitong makes of sets: each is composed when it is first asked for."""

    outcomes: dict[str, Outcome] = field(default_factory=dict)

    def of(self, one: SourceSet) -> Outcome:
        """What `huitong compose` would make of it."""
        if one.title not in self.outcomes:
            self.outcomes[one.title] = _composed(one)
        return self.outcomes[one.title]


def _composed(one: SourceSet) -> Outcome:
    texts = [SourceText(name, name, sdl, url=url) for name, url, sdl in _services(one)]
    try:
        composed = compose_sources(texts)
    except ConfigurationError as error:
        messages = tuple(str(finding) for finding in error.findings)
        return Outcome(Counter(finding.code for finding in error.findings), messages)
    hints = Counter(hint.split()[0] for hint in composed.hints)
    return Outcome(sdl=composed.sdl, schema=_sorted(composed.read.supergraph.sdl), hints=hints)


def _services(one: SourceSet) -> list[tuple[str, str, str]]:
    return [(name, one.url(name), sdl) for name, sdl in one.sources.items()]


def _outcome(answer: dict[str, Sequence[object]]) -> Outcome:
    if "errors" in answer:
        errors = [error for error in answer["errors"] if isinstance(error, dict)]
        return Outcome(
            Counter(str(error["code"]) for error in errors), tuple(str(error["message"]) for error in errors)
        )
    hints = Counter(str(hint) for hint in answer["hints"])
    return Outcome(sdl=str(answer["sdl"]), schema=_sorted(str(answer["schema"])), hints=hints)


def _sorted(sdl: str) -> str:
    """Both printed by one printer: what one printer writes otherwise is no difference."""
    return print_schema(lexicographic_sort_schema(build_schema(sdl)))

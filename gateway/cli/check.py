"""`huitong demo --check`: every example, as every persona, about every id, against the right answers."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any  # Any: JSON of answers, compared whole

import httpx
import orjson
from rich.console import Console
from rich.table import Table

from demo.city import City
from demo.expected import Answer, expected_answer
from gateway.cli.demo_config import Example, fill_ids
from gateway.cli.failures import FAILED, FINE, report
from gateway.cli.places import Persona
from gateway.errors import Finding


@dataclass(frozen=True, slots=True)
class Case:
    """One question: an example, who asks, and about which of the persona's ids."""

    example: Example
    persona: Persona
    about: str

    @property
    def name(self) -> str:
        """The case in a few words."""
        return f"{self.example.name} as {self.persona.name} about {self.about}"

    @property
    def variables(self) -> dict[str, Any]:
        """The variables, with `$present` standing for the id that is asked about."""
        return fill_ids(self.example.variables, {**self.persona.ids, "present": self.persona.ids[self.about]})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came back: the answer's text, how long it took, and what is wrong with it."""

    case: Case
    text: str
    milliseconds: float
    differences: tuple[str, ...]


def cases(examples: Iterable[Example], personas: Sequence[Persona]) -> Iterator[Case]:
    """All of them; an example that asks about nobody is asked once by each persona."""
    for example in examples:
        asks_about_somebody = "$present" in example.variables.values()
        for persona in personas:
            for about in persona.ids if asks_about_somebody else ("present",):
                yield Case(example, persona, about)


async def check(
    url: str, city: City, examples: Iterable[Example], personas: Sequence[Persona], claims: Mapping[str, Any]
) -> int:
    """Ask the gateway at `url` everything; print answers, timings and differences; 1 when there is one.

    `claims` are those of each persona's token, by the persona's name.
    """
    console = Console(highlight=False, soft_wrap=True)
    outcomes = []
    async with httpx.AsyncClient(base_url=url, timeout=30.0, trust_env=False) as client:
        for case in cases(examples, personas):
            outcome = await _ask(client, case, city, claims[case.persona.name])
            console.print(f"{case.name}: {outcome.milliseconds:.1f} ms", style="bold", markup=False)
            console.print(outcome.text, markup=False)
            outcomes.append(outcome)
    console.print(_timings(outcomes))
    wrong = [(one.case, text) for one in outcomes for text in one.differences]
    report(Finding("ANSWER_DIFFERS", f"{case.name}: {text}", "see the answer above") for case, text in wrong)
    failed = sum(bool(one.differences) for one in outcomes)
    console.print(f"{len(outcomes) - failed} of {len(outcomes)} answers are right", style="bold")
    return FAILED if wrong else FINE


async def _ask(client: httpx.AsyncClient, case: Case, city: City, claims: Mapping[str, str]) -> Outcome:
    headers = {"Huitong-Purpose": case.persona.purpose, "Accept": "application/graphql-response+json"}
    if case.persona.token:
        headers["Authorization"] = f"Bearer {case.persona.token}"
    begun = time.perf_counter()
    request = {"query": case.example.query, "variables": case.variables}
    response = await client.post("/graphql", json=request, headers=headers)
    milliseconds = (time.perf_counter() - begun) * 1000
    expected = expected_answer(city, case.example.query, case.variables, case.persona.name, claims)
    return Outcome(case, response.text, milliseconds, tuple(differences(expected, response.content)))


def differences(expected: Answer, body: bytes) -> Iterator[str]:
    """What of an answer is not as it must be, each in a few words: its data, its denials, any other error."""
    try:
        answer = orjson.loads(body)
    except orjson.JSONDecodeError:
        yield "the answer is no JSON"
        return
    if "data" not in answer:
        yield "there is no data"
    else:
        yield from _data_differences(expected.data, answer["data"], "data")
    yield from _denial_differences(expected, answer.get("errors", ()))


def _data_differences(expected: object, got: object, place: str) -> Iterator[str]:
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        if list(expected) != list(got):
            yield f"{place} has the keys {list(got)}, expected {list(expected)}"
            return
        for key in expected:
            yield from _data_differences(expected[key], got[key], f"{place}.{key}")
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        for index, (one, other) in enumerate(zip(expected, got, strict=True)):
            yield from _data_differences(one, other, f"{place}.{index}")
    elif expected != got or type(expected) is not type(got):
        yield f"{place} is {_short(got)}, expected {_short(expected)}"


def _denial_differences(expected: Answer, errors: Sequence[Any]) -> Iterator[str]:
    got: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    for error in errors:
        extensions = error.get("extensions", {})
        if extensions.get("code") == "ACCESS_DENIED":
            path = tuple(extensions.get("responsePath", ()))
            got[(extensions.get("coordinate"), extensions.get("reason"), path)] += 1
        else:
            yield f"an unexpected error {extensions.get('code')}: {error.get('message')}"
    wanted = Counter((one.coordinate, one.reason, one.response_path) for one in expected.denied)
    for coordinate, reason, path in wanted - got:
        yield f"no error tells that {coordinate} at {'.'.join(path)} is denied ({reason})"
    for coordinate, reason, path in got - wanted:
        yield f"an error tells that {coordinate} at {'.'.join(path)} is denied ({reason})"


def _short(value: object) -> str:
    text = orjson.dumps(value).decode()
    return text if len(text) <= 200 else f"{text[:200]}…"


def _timings(outcomes: Sequence[Outcome]) -> Table:
    table = Table("query", "persona", "answers", "first ms", "median ms", "right", title="Timings")
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in outcomes:
        groups.setdefault((outcome.case.example.name, outcome.case.persona.name), []).append(outcome)
    for (query, persona), group in groups.items():
        times = sorted(one.milliseconds for one in group)
        right = sum(not one.differences for one in group)
        table.add_row(
            *(query, persona, str(len(group)), f"{group[0].milliseconds:.1f}"),
            *(f"{times[len(times) // 2]:.1f}", f"{right}/{len(group)}"),
        )
    return table

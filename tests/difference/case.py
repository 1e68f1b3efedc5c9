"""A case: sources, rows and operations that hypothesis draws."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphql import FieldNode, FragmentSpreadNode, SelectionSetNode, print_schema
from hypothesis import strategies as st

from tests.difference.choices import Choices
from tests.difference.generating import THEMES, generate
from tests.difference.operations import About, make_run
from tests.difference.public import public_schema
from tests.difference.rows import RowMaker, Rows
from tests.federation.case import Case, Run
from tests.federation.source_schema import SourceSchema, read_sources

OPERATIONS = 3
"""How many operations a case has at most."""


@dataclass(frozen=True)
class Drawn:
    """Everything that a case needs; printed, it can be read."""

    sources: dict[str, str]
    data: Rows
    runs: tuple[Run, ...]

    def __repr__(self) -> str:
        sources = "\n".join(f"# source {name}\n{text}" for name, text in self.sources.items())
        runs = "\n".join(f"{run.document}\nvariables: {json.dumps(run.variables)}" for run in self.runs)
        return f"\n{sources}\ndata: {json.dumps(self.data)}\n{runs}\n"

    def case(self) -> Case:
        """The same as the conformance suite knows cases, without composed SDL."""
        api = print_schema(public_schema(read(self.sources)))
        return Case("drawn", (), "", api, self.sources, self.data, self.runs, {})


def read(sources: Mapping[str, str]) -> dict[str, SourceSchema]:
    """The sources as their servers read them."""
    return _read(tuple(sources.items()))


@lru_cache(maxsize=8)
def _read(sources: tuple[tuple[str, str], ...]) -> dict[str, SourceSchema]:
    return read_sources(dict(sources))


@st.composite
def cases(draw: Callable[[st.SearchStrategy[Any]], Any], theme: str) -> Drawn:  # Any: what a strategy makes
    """Cases of a theme."""
    choices = Choices(draw, THEMES[theme])
    try:
        sources = generate(choices)
    except LookupError:
        return Drawn({}, {}, ())
    known = read(sources)
    maker = RowMaker(known, choices.number(0, 9_999), faults=5 if choices.chance(20) else 0)
    data = maker.rows()
    about = About(public_schema(known), _ids(data), _telling(known))
    runs = []
    for number in range(choices.one([2, OPERATIONS, 1, OPERATIONS])):
        mutation = about.schema.mutation_type is not None and number == 0
        runs.append(make_run(choices, about, f"Q{number}", mutation))
    return Drawn(sources, data, tuple(run for run in runs if run is not None))


def _ids(data: Rows) -> list[str]:
    rows = [row for name, rows in data.items() if name not in ("Query", "Mutation") for row in rows.values()]
    return [row["id"] for row in rows if isinstance(row.get("id"), str)] or ["x"]


def _telling(sources: Mapping[str, SourceSchema]) -> set[str]:
    """The fields that one source alone could not answer, or that another provides."""
    found: set[str] = set()
    for known in (known for source in sources.values() for known in source.types.values()):
        for name, said in known.fields.items():
            if said.requires or said.provides or said.overrides or (known.interface_object and name[0] == "o"):
                found.add(name)
            if said.provides:
                found |= _names(said.provides)
    return found


def _names(selections: SelectionSetNode) -> set[str]:
    found = set()
    for one in selections.selections:
        if isinstance(one, FieldNode):
            found.add(one.name.value)
        if not isinstance(one, FragmentSpreadNode) and one.selection_set:
            found |= _names(one.selection_set)
    return found

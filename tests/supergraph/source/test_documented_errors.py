"""docs/errors.md shows each code of a source's schema with an example that has it, and the example mended."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from gateway.errors import ConfigurationError
from gateway.supergraph.composing import compose_sources
from gateway.supergraph.source.model import SourceText

PAGE = Path(__file__).parents[3] / "docs" / "errors.md"
SECTION = "## In schemas of sources"


class Example(NamedTuple):
    """A code, and two sets of sources: one that has it, one that does not."""

    code: str
    wrong: str
    mended: str

    def __str__(self) -> str:
        return self.code


def examples() -> list[Example]:
    section = PAGE.read_text(encoding="utf-8").split(SECTION)[1].split("\n## ")[0]
    parts = re.split(r"^### `([A-Z_]+)`$", section, flags=re.MULTILINE)[1:]
    found = []
    for code, text in zip(parts[::2], parts[1::2], strict=True):
        wrong, mended = re.findall(r"^```graphql\n(.*?)^```$", text, flags=re.MULTILINE | re.DOTALL)
        found.append(Example(code, wrong, mended))
    return found


def sources(text: str) -> list[SourceText]:
    parts = re.split(r"^# (\w+)\n", text, flags=re.MULTILINE)
    if len(parts) == 1:
        return [SourceText("people", "", text, url="http://people")]
    return [
        SourceText(name, "", sdl, url=f"http://{name}")
        for name, sdl in zip(parts[1::2], parts[2::2], strict=True)
    ]


@pytest.mark.parametrize("example", examples(), ids=str)
def test_the_example_has_the_code(example: Example) -> None:
    with pytest.raises(ConfigurationError) as refused:
        compose_sources(sources(example.wrong))

    assert example.code in {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize("example", examples(), ids=str)
def test_the_mended_example_composes(example: Example) -> None:
    assert compose_sources(sources(example.mended)).sdl

"""docs/federation.md shows each directive and merge rule with sources, and what comes of them."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from graphql import print_schema

from gateway.errors import ConfigurationError
from gateway.supergraph.composing import compose_sources
from gateway.supergraph.source.model import SourceText
from tests.supergraph.merge.sources import LINK

PAGE = Path(__file__).parents[2] / "docs" / "federation.md"
RESULTS = ("public", "composed", "refused")


class Example(NamedTuple):
    """Sources, and what comes of them: parts of the `public` schema or of the `composed` SDL, or codes (`refused`)."""

    title: str
    sources: str
    kind: str
    expected: str

    def __str__(self) -> str:
        return f"{self.title}: {self.kind}"


def examples() -> list[Example]:
    found: list[Example] = []
    title = sources = ""
    for heading, block in re.findall(
        r"^### ([^\n]+)$|^```(?:graphql|text)\n(.*?)^```$",
        PAGE.read_text(encoding="utf-8"),
        flags=re.MULTILINE | re.DOTALL,
    ):
        title = heading or title
        if block.startswith("# source: "):
            sources = block
        elif block:
            first, _, expected = block.partition("\n")
            found.append(Example(title, sources, first.strip("# :"), expected))
    return found


def texts(sources: str) -> list[SourceText]:
    """The sources of one block. Those of Federation 1 have no link; the others have the page's unless they state one."""
    parts = re.split(r"^# source: (\w+)( \(Federation 1\))?\n", sources, flags=re.MULTILINE)[1:]
    return [
        SourceText(name, "", sdl if first or "@link" in sdl else f"{LINK}\n{sdl}", url=f"http://{name}")
        for name, first, sdl in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def words(text: str) -> str:
    """The text on one line: the page breaks lines otherwise than the printer."""
    return " ".join(text.split())


@pytest.mark.parametrize("example", examples(), ids=str)
def test_what_the_page_says_comes_of_the_sources(example: Example) -> None:
    assert example.kind in RESULTS
    if example.kind == "refused":
        with pytest.raises(ConfigurationError) as refused:
            compose_sources(texts(example.sources))
        assert {finding.code for finding in refused.value.findings} == set(example.expected.split())
        return
    composed = compose_sources(texts(example.sources))
    text = composed.sdl if example.kind == "composed" else print_schema(composed.read.supergraph.schema)
    for part in example.expected.split("...\n"):
        assert words(part) and words(part) in words(text), text


def test_every_source_on_the_page_has_a_result() -> None:
    blocks = re.findall(
        r"^```(?:graphql|text)\n# (\w+):", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE
    )

    assert all(
        after in RESULTS
        for before, after in zip(blocks, [*blocks[1:], ""], strict=True)
        if before == "source"
    )


def test_every_section_is_in_the_list_of_contents() -> None:
    contents, sections = PAGE.read_text(encoding="utf-8").split("\n## Directives\n")
    listed = re.findall(r"\[([^]]+)\]\(#[^)]+\)", words(contents))
    assert listed == ["Directives", *re.findall(r"^###? (.+)$", sections, flags=re.MULTILINE)]

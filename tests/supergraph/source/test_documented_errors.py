"""docs/errors shows each code of composition with an example that has it, and the example mended."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from gateway.errors import ConfigurationError
from gateway.supergraph.composing import compose_sources
from gateway.supergraph.source.model import SourceText

DOCS = Path(__file__).parents[3] / "docs"
LIST = DOCS / "errors.md"
PAGES = sorted(path for path in (DOCS / "errors").glob("*.md") if path.stem != "hints")
WITHOUT_EXAMPLE = {"MAX_VALIDATION_SUBGRAPH_PATHS_EXCEEDED"}  # which says why


class Section(NamedTuple):
    """What a page says of one code."""

    page: str
    code: str
    text: str

    @property
    def row(self) -> str:
        """Its line in the list of all codes: where it leads, and what is wrong."""
        wrong = " ".join(self.text.strip().split("\n\n")[0].split())
        return f"| [`{self.code}`](errors/{self.page}#{self.code.lower()}) | {wrong} |"


class Example(NamedTuple):
    """A code, and two sets of sources: one that has it, one that does not."""

    code: str
    wrong: str
    mended: str

    def __str__(self) -> str:
        return self.code


def sections() -> Iterator[Section]:
    for page in PAGES:
        parts = re.split(r"^## `([A-Z_]+)`$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
        for code, text in zip(parts[::2], parts[1::2], strict=True):
            yield Section(page.name, code, text)


def examples() -> Iterator[Example]:
    for section in sections():
        if section.code not in WITHOUT_EXAMPLE:
            wrong, mended = re.findall(
                r"^```graphql\n(.*?)^```$", section.text, flags=re.MULTILINE | re.DOTALL
            )
            yield Example(section.code, wrong, mended)


def sources(text: str) -> list[SourceText]:
    parts = re.split(r"^# (\w+)\n", text, flags=re.MULTILINE)
    if len(parts) == 1:
        return [SourceText("people", "", text, url="http://people")]
    return [
        SourceText(name, "", sdl, url=f"http://{name}")
        for name, sdl in zip(parts[1::2], parts[2::2], strict=True)
    ]


EXAMPLES = list(examples())


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_example_has_the_code(example: Example) -> None:
    with pytest.raises(ConfigurationError) as refused:
        compose_sources(sources(example.wrong))

    assert example.code in {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize("example", EXAMPLES, ids=str)
def test_the_mended_example_composes(example: Example) -> None:
    assert compose_sources(sources(example.mended)).sdl


def test_the_list_of_all_codes_says_what_the_pages_say() -> None:
    listed = re.findall(
        r"^\| \[`[A-Z_]+`\]\(errors/.*$", LIST.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert sorted(row for row in listed if "errors/hints.md" not in row) == sorted(
        section.row for section in sections()
    )


def test_each_code_is_explained_once() -> None:
    codes = [section.code for section in sections()]
    assert len(codes) == len(set(codes)) > 80

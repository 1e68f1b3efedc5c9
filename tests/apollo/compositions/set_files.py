"""Sets of sources that both compose: small ones that stand here by title, and those of the conformance suite.

A file in `sets/` holds many sets. `## CODE: what is wrong` begins one that is refused with that code, `## legal: ...` one
that composes; `# NAME` begins a source, `# NAME (federation 1)` one without any link. A source that links nothing
itself links all of the federation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.federation.case import PLACEHOLDER, case_names, read_case

LEGAL: Final = "legal"
_HERE: Final = Path(__file__).parent / "sets"
_FIRST: Final = " (federation 1)"
_SPECIFICATIONS: Final = "https://specs.apollo.dev/"
_LINK: Final = (
    f'extend schema @link(url: "{_SPECIFICATIONS}federation/v2.9", import: ["@key", "@requires", "@provides", '
    '"@external", "@shareable", "@override", "@inaccessible", "@tag", "@interfaceObject", "@extends", "@cost", '
    '"@composeDirective", "@authenticated", "@requiresScopes", "@policy", "@listSize", "@context", "@fromContext"]) '
)


@dataclass(frozen=True)
class SourceSet:
    """Sources' SDL by name. `code`: the error that the set was written for; None where it is legal."""

    title: str
    code: str | None
    sources: Mapping[str, str]

    def __str__(self) -> str:
        return self.title

    def url(self, source: str) -> str:
        """Where a source answers: a set of the suite where its harness expects it."""
        return f"{PLACEHOLDER}/{self.title}/{source}"


def small_sets() -> list[SourceSet]:
    """The sets of the files here, in their order."""
    return [
        one for file in sorted(_HERE.glob("*.graphql")) for one in _sets_of(file.read_text(encoding="utf-8"))
    ]


def suite_sets() -> list[SourceSet]:
    """The sets of the conformance suite, each by its case's name; all are legal."""
    return [SourceSet(name, None, read_case(name).subgraphs) for name in case_names()]


def _sets_of(text: str) -> Iterator[SourceSet]:
    for title, body in _parts("##", text):
        code = title.partition(":")[0]
        sources = dict(_source(name, sdl) for name, sdl in _parts("#", body))
        yield SourceSet(title, None if code == LEGAL else code, sources)


def _parts(mark: str, text: str) -> Iterator[tuple[str, str]]:
    for part in re.split(rf"^{mark} ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        yield head, body


def _source(name: str, sdl: str) -> tuple[str, str]:
    links_nothing = name.endswith(_FIRST) or _SPECIFICATIONS in sdl
    return name.removesuffix(_FIRST), sdl if links_nothing else _LINK + sdl

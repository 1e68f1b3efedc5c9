"""What is legal in a source and less than it seems is hinted at."""

import pytest

from gateway.errors import Finding
from gateway.supergraph.source.model import SourceText
from gateway.supergraph.source.sources import read_sources
from tests.supergraph.source.reading import linked


def hints(*sources: str) -> list[str]:
    findings: list[Finding] = []
    found: list[str] = []
    read_sources([SourceText(f"s{index}", "", sdl) for index, sdl in enumerate(sources)], findings, found)
    assert not findings
    return [" ".join(hint.split()[:2]) for hint in found]


WITH_LOGIN = '@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)'


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ([linked("type Query { a: Int }", "v2.9")], []),
        ([linked("type Query { a: Int @cost(weight: 2)\n b: [Int] @cost(weight: 3) @listSize(assumedSize: 3) }", "v2.9",
                 '"@cost", "@listSize"')], ["UNSUPPORTED_FEATURE s0:2:21", "UNSUPPORTED_FEATURE s0:3:28"]),
        ([linked('type Query @context(name: "c") { a: Int }\nextend type Query @context(name: "d") @context(name: "c")', "v2.8",
                 '"@context"')], ["UNSUPPORTED_FEATURE s0:2:12", "UNSUPPORTED_FEATURE s0:3:19"]),
        ([linked(f"extend schema {WITH_LOGIN}\ntype Query {{ a: Int @authenticated }}", "v2.0")],
         ["IMPLICITLY_UPGRADED_FEDERATION_VERSION s0:2:15"]),
        ([linked(f"extend schema {WITH_LOGIN}\ntype Query {{ a: Int @authenticated }}", "v2.5")], []),
        ([linked(f"extend schema {WITH_LOGIN}\ntype Query {{ a: Int @authenticated }}", "v2.0"),
          linked("type T { a: Int }", "v2.6")], ["IMPLICITLY_UPGRADED_FEDERATION_VERSION s0:2:15"]),
    ],
)  # fmt: skip
def test_a_hint_names_its_code_and_its_place(sources: list[str], expected: list[str]) -> None:
    assert hints(*sources) == expected

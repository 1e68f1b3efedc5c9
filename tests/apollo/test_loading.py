"""Supergraphs that Huitong writes are loaded by @apollo/gateway, which shows clients the same schema."""

import json
import re
import subprocess
from collections.abc import Sequence

from graphql import build_schema, lexicographic_sort_schema, print_schema

from gateway.supergraph.join import read_supergraph
from gateway.supergraph.join.writing import write_supergraph
from tests.apollo.node import HERE, Node
from tests.supergraph.merged import merged_of

CASES = HERE.parent / "federation" / "cases"
OLDEST = re.compile(r"join/v0\.[12]\b")  # these versions say less than a merged schema does


def test_the_gateway_shows_clients_of_our_text_the_same_schema(node: Node) -> None:
    files = [
        file for file in sorted(CASES.glob("*/supergraph.graphql")) if not OLDEST.search(file.read_text())
    ]
    assert len(files) > 20
    written = [write_supergraph(merged_of(file.read_text())) for file in files]
    for file, text, answer in zip(files, written, _loaded(node, written), strict=True):
        assert "error" not in answer, f"{file.parent.name}: {answer['error']}"
        assert _types(answer["schema"]) == _types(read_supergraph(text, file).supergraph.sdl), (
            file.parent.name
        )


def test_the_gateway_tells_texts_that_it_cannot_load(node: Node) -> None:
    [answer] = _loaded(node, ["type Query { a: Int }"])
    assert "error" in answer


def _loaded(node: Node, texts: Sequence[str]) -> list[dict[str, str]]:
    done = subprocess.run(
        [str(node.node), "load.js"], cwd=HERE, env=node.environment, input=json.dumps(texts), encoding="utf-8",
        capture_output=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[dict[str, str]] = json.loads(done.stdout)
    return answers


def _types(sdl: str) -> str:
    """The schema without what gateways may print in their own ways.

    That is directives of the gateway's own, such as @defer, and default objects, in which @apollo/gateway writes
    the defaults of their fields too.
    """
    text = print_schema(lexicographic_sort_schema(build_schema(sdl)))
    return re.sub(r"= \{.*?\}", "= {}", re.sub(r"^directive @.*\n\n", "", text, flags=re.MULTILINE))

"""Supergraphs that Huitong writes are loaded by @apollo/gateway, which shows clients the same schema."""

import json
import re
import subprocess
from collections.abc import Mapping, Sequence

from graphql import build_schema, lexicographic_sort_schema, print_schema

from gateway.supergraph.composing import compose_sources
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.join.writing import write_supergraph
from gateway.supergraph.source.model import SourceText
from tests.apollo.compositions.composing import Huitong
from tests.apollo.compositions.set_files import small_sets
from tests.apollo.node import HERE, Node
from tests.supergraph.merged import merged_of

CASES = sorted((HERE.parent / "federation" / "cases").glob("*/supergraph.graphql"))
OLDEST = re.compile(r"join/v0\.[12]\b")  # these versions say less than a merged schema does
FEATURES = {
    "a-source": """
extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@tag", "@inaccessible", "@authenticated",
    "@composeDirective", "@requiresScopes", "@policy", "@shareable"])
  @link(url: "https://my.example/mine/v1.2", import: ["@mine", {name: "@other", as: "@renamed"}])
  @composeDirective(name: "@mine") @composeDirective(name: "@renamed")
directive @mine(a: Int = 3, b: [String!]! = ["x"]) repeatable on FIELD_DEFINITION | OBJECT
directive @renamed on FIELD_DEFINITION
directive @asked(n: Int) on FIELD | QUERY
"Where\\nit begins" type Query {
  t("of these" first: Int = 5, of: [In!] = [{a: 1}]): T @tag(name: "q") i: I me: Int @authenticated
  scoped: E @requiresScopes(scopes: [["a", "b"], ["c"]]) @policy(policies: [["p"]])
}
type Mutation { m: Int }
input In @tag(name: "in") { a: Int = 3 @tag(name: "x") hidden: Day @inaccessible e: E = A }
enum E { "the first" A @tag(name: "v") B @deprecated(reason: "no \\"more\\"") C @inaccessible }
scalar Day @specifiedBy(url: "https://example.org/day") @inaccessible
interface I @key(fields: "id") { id: ID! n: String }
type T implements I @key(fields: "id") @key(fields: "n", resolvable: false) @mine @mine(a: 4) {
  id: ID! n: String u: U @renamed day: Day @inaccessible
}
union U = T | V
type V { x: Int @shareable hidden: Int @inaccessible }
""",
    "a_source": """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@interfaceObject"])
type I @interfaceObject @key(fields: "id") { id: ID! more(x: Int = 3): Int }
directive @asked(n: Int) on FIELD | QUERY
""",
    "1st": """
extend type T @key(fields: "id") { id: ID! @external old: Int }
extend type Query { first: T }
type V { x: Int }
directive @asked(n: Int) on FIELD | QUERY
""",
}


def test_what_is_written_again_is_the_same_schema(node: Node) -> None:
    files = [file for file in CASES if not OLDEST.search(file.read_text())]
    assert len(files) > 20
    _compare(node, {file.parent.name: write_supergraph(merged_of(file.read_text())) for file in files})


def test_what_huitong_composes_is_the_same_schema(node: Node) -> None:
    composed = {}
    for file in CASES:
        subgraphs = (file.parent / "subgraphs").glob("*.graphql")
        composed[file.parent.name] = _composed({one.stem: one.read_text() for one in subgraphs})
    _compare(node, composed)


def test_every_feature_is_written_as_the_router_loads_it(node: Node) -> None:
    text = _composed(FEATURES)
    _compare(node, {"every feature": text}, "router")
    [refused] = _loaded(node, [text], "gateway")
    assert "requiresScopes/v0.1 is for: SECURITY but is unsupported" in refused["error"]


def _composed(sources: Mapping[str, str]) -> str:
    return compose_sources([SourceText(name, name, sdl) for name, sdl in sources.items()]).sdl


def _compare(node: Node, texts: Mapping[str, str], loader: str = "gateway") -> None:
    """Huitong and the other show the same schema of each text."""
    for (name, text), answer in zip(texts.items(), _loaded(node, list(texts.values()), loader), strict=True):
        assert "error" not in answer, f"{name}: {answer['error']}"
        assert _types(answer["schema"]) == _types(read_supergraph(text, name).supergraph.sdl), name


def test_the_router_loads_what_is_composed_of_every_legal_set(node: Node) -> None:
    huitong = Huitong()
    texts = {one.title: huitong.of(one).sdl for one in small_sets() if one.code is None}
    composed = {title: text for title, text in texts.items() if text}
    assert len(composed) > 100
    answers = zip(composed, _loaded(node, list(composed.values()), "router"), strict=True)
    assert {title: answer["error"] for title, answer in answers if "error" in answer} == {}


def test_the_gateway_tells_texts_that_it_cannot_load(node: Node) -> None:
    [answer] = _loaded(node, ["type Query { a: Int }"], "gateway")
    assert "error" in answer


def _loaded(node: Node, texts: Sequence[str], loader: str) -> list[dict[str, str]]:
    done = subprocess.run(
        [str(node.node), "load.js", loader], cwd=HERE, env=node.environment, input=json.dumps(texts), encoding="utf-8",
        capture_output=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    answers: list[dict[str, str]] = json.loads(done.stdout)
    return answers


def _types(sdl: str) -> str:
    """The schema without what gateways may print in their own ways.

    That is directives of the gateway's own, such as @defer, @oneOf, which it reads past, and default objects, in which
    it writes the defaults of their fields too.
    """
    text = print_schema(lexicographic_sort_schema(build_schema(sdl)))
    text = re.sub(r"^directive @.*\n\n| @oneOf", "", text, flags=re.MULTILINE)
    return re.sub(r"= \[?\{.*?\}", "= {}", text)

"""Composed supergraphs for tests: three sources, and a body of types that each test writes itself."""

from gateway.supergraph.join import ComposedSupergraph, read_supergraph
from gateway.supergraph.model import Supergraph

SPECS = "https://specs.apollo.dev"
HEAD = f"""
schema @link(url: "{SPECS}/link/v1.0") @link(url: "{SPECS}/join/v0.5", for: EXECUTION) LINKS {{ query: Query ROOTS }}
directive @join__type(graph: join__Graph!, key: join__FieldSet) repeatable on OBJECT
directive @link(url: String, import: [link__Import]) repeatable on SCHEMA
scalar join__FieldSet
scalar link__Import
enum link__Purpose {{ SECURITY EXECUTION }}
enum join__Graph {{
  A @join__graph(name: "a-source", url: "http://a.example/graphql")
  B @join__graph(name: "b", url: "http://b.example/graphql")
  C @join__graph(name: "c", url: "")
}}
"""
QUERY = "type Query @join__type(graph: A) { t: T @join__field(graph: A) }\n"
IN_A_AND_B = '@join__type(graph: A, key: "id") @join__type(graph: B, key: "id")'


def written(body: str, links: str = "", roots: str = "", query: str = QUERY) -> str:
    return (
        HEAD.replace("LINKS", links).replace("ROOTS", roots)
        + (query if "type Query" not in body else "")
        + body
    )


def read(body: str, links: str = "", roots: str = "") -> ComposedSupergraph:
    return read_supergraph(written(body, links, roots), "supergraph.graphql")


def supergraph(body: str, links: str = "", roots: str = "") -> Supergraph:
    return read(body, links, roots).supergraph

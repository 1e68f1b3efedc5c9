"""A source that sets the context `c`, for tests of what is taken of it."""

from tests.supergraph.source.reading import linked

SET = """type T @key(fields: "id") @context(name: "c") { id: ID! n: Int l: [Int!]! o: O os: [O] k(m: Int!): Int u: U }
type O { n: Int m: Int s: String }
"""
"""On two lines, the first of which is the source's second."""


def with_contexts(sdl: str) -> str:
    """The SDL after a link to the federation with contexts; `sdl` begins on line 2."""
    return linked(sdl, "v2.8", '"@key", "@context", "@fromContext", "@external", "@interfaceObject"')


def taking(argument: str) -> str:
    """The source with a field that has one argument; it stands on line 4, its argument from column 39 on."""
    return SET + f'type U @key(fields: "id") {{ id: ID! x({argument}): Int }}'

"""What the random graphs have found, made small: none of it comes back. `make fuzz` prints tests to paste here."""

import json

from tests.difference.case import Drawn
from tests.difference.draft import LINK
from tests.difference.trials import Tally, check
from tests.federation.case import Run


def test_keys_keep_their_order_when_the_first_of_two_selections_is_left_out() -> None:
    sources = {"a": LINK + "type Query { q: T } type T { id: ID n: Int }"}
    data = json.loads('{"Query": {"q": "->t"}, "T": {"t": {"id": "1", "n": 2}}}')
    runs = (Run("Q", "query Q($c: Boolean!) { q { id @include(if: $c) n id } }", {"c": False}),)

    check(Drawn(sources, data, runs), Tally())


def test_what_a_source_computes_from_inputs_is_not_at_hand_for_another_requirement() -> None:
    sources = {
        "a": LINK
        + """
            enum Colour { BLUE RED }
            type Ant @key(fields: "id") {
              id: ID
              f3: Float
              r0: Film! @external
              req1(n: Int = 1): [Val]! @requires(fields: "r0 { mra1 { req0(n: 1) } f0 }")
              f0: Int! @external
            }
            type Book implements Media {
              mra1: [Film]
            }
            type Film @key(fields: "id") {
              id: ID
              m0: ID! @shareable
              f0: Float
              mra1: [Film]
              mra2: [Ant]
              eb: Colour! @external
              req0(n: Int): Int @requires(fields: "eb")
              req4: [Ant] @requires(fields: "eb") @provides(fields: "r0 { mra1 { eb } mra2 { f0 } }")
            }
            interface Media {
              mra1: [Film]
            }
            type Query {
              byMediaa: Media
            }
            type Val {
              v1: Int @shareable
            }
        """,
        "b": LINK
        + """
            enum Colour { BLUE RED }
            type Ant @key(fields: "id") {
              id: ID
              f0: Int! @shareable
              r0: Film! @shareable
              req1(n: Int = 1): [Val]! @external
              req3: String @requires(fields: "req1(n: 1) { v1 }")
              f3: Float @external
            }
            type Film @key(fields: "id") {
              id: ID
              eb: Colour! @shareable
              req4: [Ant] @external
              req6: [String] @requires(fields: "req4 { f3 }")
              m0: ID! @external
            }
            type Query {
              byFilmb: Film @provides(fields: "m0")
            }
            type Val {
              v1: Int @shareable
            }
        """,
    }
    data = {
        "Ant": {
            "Ant0": {
                "code": None,
                "f0": 7,
                "id": "id-Ant0",
                "r0": "->Film0",
                "req1": {"$pick": [["->Val0", "->Val0", None], ["->Val0"], ["->Val0"]]},
            },
            "Ant1": {
                "code": None,
                "f0": 53,
                "id": "id-Ant1",
                "r0": "->Film0",
                "req1": {"$pick": [["->Val0"], [], [None, "->Val0"]]},
            },
        },
        "Book": {"Book2": {"id": "id-Book2", "m0": "m0:Book2:71", "mra1": ["->Film2"]}},
        "Film": {
            "Film0": {
                "eb": "RED",
                "f0": 33.25,
                "id": "id-Film0",
                "m0": "m0:Film0:89",
                "mra1": ["->Film0"],
                "req4": {"$pick": [None, ["->Ant0"], [None, "->Ant0"]]},
            },
            "Film1": {
                "eb": "BLUE",
                "f0": 6.25,
                "id": "id-Film1",
                "m0": "m0:Film1:68",
                "req4": {"$pick": [["->Ant1"], ["->Ant1", "->Ant1", "->Ant1"], []]},
            },
            "Film2": {
                "eb": "BLUE",
                "f0": 0.25,
                "id": "id-Film2",
                "m0": "m0:Film2:3",
                "mra1": ["->Film1"],
                "req4": {"$pick": [["->Ant1", None, "->Ant1"], ["->Ant0"], ["->Ant0"]]},
            },
        },
        "Val": {"Val0": {}},
        "Query": {"byMediaa": {"$find": ["Book"]}},
    }
    runs = (Run("Q0", "query Q0 { byMediaa { mra1 { mra1 { req4 { req3 } } } } }", {}),)

    check(Drawn(sources, data, runs), Tally())

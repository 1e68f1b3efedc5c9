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

"""What sources must keep to together: one rule, one file, in the order in which findings are told.

Each is `check(merging) -> Iterator[Finding]`. The rules of the whole look at the merged schema as one, and are
asked only where sources fit together.
"""

from collections.abc import Callable, Iterator

from gateway.errors import Finding
from gateway.supergraph.merge.outcome import Merging

Rule = Callable[[Merging], Iterator[Finding]]

RULES: tuple[Rule, ...] = ()
RULES_OF_THE_WHOLE: tuple[Rule, ...] = ()

"""Bugs planted on purpose, each in one place of composition, planning, merging or projection: all must be found.

`python -m tests.difference.planted` plants each in a process of its own and tells after how many cases it is found.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any, Final, TypeAlias

os.environ["HUITONG_CHECK_PLANS"] = "1"  # before the planner is imported

import gateway.execution.merging as merging
import gateway.execution.projection as projection
import gateway.planning.placing as placing
import gateway.planning.staging as staging
import gateway.supergraph.merge.fields as merged_fields
import gateway.supergraph.merge.interface_objects as interface_objects
from connectors.base import ALWAYS
from gateway.execution import collection
from gateway.execution.exact import _Nulled, _Walk
from gateway.planning.inputs import InputBook
from gateway.planning.plan import OutputField
from gateway.planning.standing import Atlas
from gateway.supergraph.merge.overrides import Moved
from tests.difference.generating import THEMES
from tests.difference.trials import Failed, Tally, try_cases

MOST: Final = 300
"""Cases within which each bug must be found."""

Anything: TypeAlias = Any
"""Any: what is planted takes and gives what the function does in whose place it stands."""


def nothing() -> None:
    """No bug: what is found here would be found without any."""


def last_type_decides() -> None:
    """Composition: a field's type is what the last source says, though others may answer null."""
    _plant(merged_fields, "output_type", lambda said, _hierarchy: list(said)[-1][1])


def override_forgotten() -> None:
    """Composition: a field that was taken over stays with the source that had it, too."""
    right = merged_fields._joins

    def joins(said: Anything, owners: Anything, _moved: Anything) -> Anything:
        return tuple(replace(join, override=None) for join in right(said, owners, Moved()))

    _plant(merged_fields, "_joins", joins)


def requires_forgotten() -> None:
    """Composition: what a field requires is lost."""
    right = merged_fields._joins

    def joins(*given: Anything) -> Anything:
        return tuple(replace(join, requires=None) for join in right(*given))

    _plant(merged_fields, "_joins", joins)


def interface_objects_forgotten() -> None:
    """Composition: implementers do not get the fields of interface objects."""
    _plant(interface_objects, "_added_fields", lambda _interface: {})


def provided_anywhere() -> None:
    """Planning: an external field is taken for provided wherever its object is met."""
    _plant(Atlas, "_is_provided", lambda _self, _provided, _field, _type_name: True)


def constants_shared() -> None:
    """Planning: arguments inside `@requires` all take the first one's value."""
    right = InputBook._slot
    _plant(InputBook, "_slot", lambda self, literal: right(self, next(iter(self._slots), literal)))


def keys_never_null() -> None:
    """Planning: no object is thought to have null in a key, so none is asked for by another one."""
    _plant(Atlas, "may_be_null", lambda _self, _key, _types: False)


def waits_forgotten() -> None:
    """Planning: no fetch waits for those that supply its inputs."""
    right = staging._node
    _plant(staging, "_node", lambda *given: replace(right(*given), depends_on=frozenset()))


def types_not_narrowed() -> None:
    """Planning: a fetch for objects of some types is made for all objects that stand there."""
    _plant(placing, "_narrowed", lambda position, _types: position)


def nulls_not_sent() -> None:
    """Merging: an object with null among its `@requires` inputs is not asked for."""
    right = collection._representation

    def representation(value: Anything, name: Anything, parts: Anything) -> Anything:
        return right(value, name, tuple(replace(part, nullable=False) for part in parts))

    _plant(collection, "_representation", representation)


def lists_kept() -> None:
    """Merging: what a second source says of the items of a list is dropped."""
    right = merging._merged

    def merged(present: Anything, value: Anything) -> Anything:
        return present if isinstance(present, list) else right(present, value)

    _plant(merging, "_merged", merged)


def first_object_alone() -> None:
    """Merging: an answer that several objects share reaches the first one alone."""
    right = merging.scatter
    _plant(merging, "scatter", lambda answer, objects: right(answer, objects[:1]))


def conditions_ignored() -> None:
    """Projection: `@skip` and `@include` are not looked at once the data is there."""
    right = projection._conditional

    def conditional(number: int, found: Anything) -> Anything:
        return right(number, [(replace(item, condition=ALWAYS), entry) for item, entry in found])

    _plant(projection, "_conditional", conditional)


def null_never_rises() -> None:
    """Projection: null stays where the schema promises a value."""
    right = _Walk._value

    def value(self: Anything, *given: Anything) -> Anything:
        try:
            return right(self, *given)
        except _Nulled as nulled:
            self.keep(nulled.fault)
            return None

    _plant(_Walk, "_value", value)


def one_order_for_all() -> None:
    """Projection: keys stand in the order of the document, whatever `@skip` and `@include` left out."""
    _plant(OutputField, "turn", lambda _self, _variables: 0)


BUGS: Final[Mapping[str, Callable[[], None]]] = {
    bug.__name__: bug
    for bug in (
        nothing,
        last_type_decides,
        override_forgotten,
        requires_forgotten,
        interface_objects_forgotten,
        provided_anywhere,
        constants_shared,
        keys_never_null,
        waits_forgotten,
        types_not_narrowed,
        nulls_not_sent,
        lists_kept,
        first_object_alone,
        conditions_ignored,
        null_never_rises,
        one_order_for_all,
    )
}


def _plant(where: ModuleType | type, name: str, wrong: Callable[..., Anything]) -> None:
    """Put a bug in place of what stands there, also where others have imported it by its name."""
    right = getattr(where, name)
    setattr(where, name, wrong)
    for module in [one for key, one in sys.modules.items() if key.startswith("gateway.")]:
        if vars(module).get(name) is right:
            setattr(module, name, wrong)


def hunt(bug: str) -> str:
    """Plant a bug in this process and tell how it was found."""
    logging.disable(logging.CRITICAL)  # failures of sources are part of what is tried
    BUGS[bug]()
    tally = Tally()
    for begun_at in (20, 21):  # where the tests begin
        for theme in THEMES:
            number = min(-(-MOST // len(THEMES)), MOST - tally.cases)
            try:
                if number:
                    try_cases(theme, number, begun_at, tally)
            except Failed as failed:
                return f"found in case {tally.cases + 1} ({theme}): {failed.difference.kind}"
    return f"NOT FOUND in {tally.cases} cases"


def main() -> int:
    """Returns 1 when some bug was not found, or something without one."""
    if len(sys.argv) > 1:
        print(hunt(sys.argv[1]))
        return 0
    missed = 0
    for name, bug in BUGS.items():
        ran = subprocess.run(
            [sys.executable, "-m", "tests.difference.planted", name],
            capture_output=True,
            text=True,
            check=False,
        )
        told = ran.stdout.strip() or ran.stderr.strip().splitlines()[-1]
        missed += told.startswith("found") is (bug is nothing)
        print(f"{name:28} {told}\n{'':28} {bug.__doc__}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

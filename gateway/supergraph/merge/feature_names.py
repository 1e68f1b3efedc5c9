"""The names by which the composed schema links specifications: each has one that means nothing else.

A specification's name begins the names of all that is not imported of it, and is that of its main directive
(https://specs.apollo.dev/link/v1.0).
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import count
from typing import Final

from gateway.supergraph.merge.model import Feature

_NAME: Final = re.compile(r"(?!.*__)[A-Za-z_][0-9A-Za-z_]*(?<!_)\Z")
_OF_COMPOSITION: Final = ("link", "join")


def with_names(features: Sequence[Feature], known: Collection[str]) -> list[Feature]:
    """The features, with an alias where the usual name is none or is taken. `known`: all names in the schema."""
    taken = {*_OF_COMPOSITION}
    named = []
    for feature in features:
        usual = feature.identity.rpartition("/")[2]
        free = _NAME.match(usual) and usual not in taken and not _is_imported(usual, feature, features)
        alias = None if free else _unused(usual, {*known, *taken})
        taken.add(alias or usual)
        named.append(replace(feature, alias=alias))
    return named


def _is_imported(name: str, feature: Feature, features: Sequence[Feature]) -> bool:
    """True when an import means by `name`, or by what begins with it, something else than the feature would."""
    for other in features:
        for original, called in other.imports.items():
            original, called = original.removeprefix("@"), called.removeprefix("@")
            prefix, _, rest = called.partition("__")
            if prefix == name and not (other is feature and (rest or called) == original):
                return True
    return False


def _unused(usual: str, known: Collection[str]) -> str:
    """A name with which no other begins."""
    plain = re.sub(r"[^0-9A-Za-z]", "", usual)
    names = (f"_{number}{plain}" for number in count())
    return next(name for name in names if not any(other.startswith(name) for other in known))

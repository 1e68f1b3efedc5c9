"""The small parts of random schemas: types of fields, arguments, and where a field is resolved."""

from collections.abc import Sequence

from tests.difference.choices import Choices
from tests.difference.draft import COLOUR, SCALARS, DraftField

_ARGUMENTS = (
    "(n: Int = 1)",
    "(s: String)",
    '(n: Int, s: String = "d")',
    f"(k: {COLOUR} = RED)",
    "(n: Int!)",
)


def leaf(choices: Choices) -> DraftField:
    """A field that leads to no object, perhaps with arguments."""
    base = choices.one(["String", *SCALARS, "Int", COLOUR])
    if choices.chance(15, "leaf lists"):
        kind = choices.one([f"[{base}]", f"[{base}!]!", f"[{base}!]", f"[[{base}]]"])
    else:
        kind = f"{base}!" if choices.chance(30) else base
    return DraftField(kind, "" if base == COLOUR else arguments(choices))


def arguments(choices: Choices) -> str:
    """The arguments of a field; most have none."""
    return choices.one(_ARGUMENTS) if choices.chance(15, "arguments") else ""


def wrapped(choices: Choices, name: str) -> str:
    """A type made of this one: itself, or lists of it one or two deep."""
    if choices.chance(12, "deep lists"):
        return choices.one([f"[[{name}]]", f"[[{name}!]!]", f"[[{name}]!]!"])
    return choices.one([name, f"[{name}]", name, f"{name}!", f"[{name}!]!", f"[{name}!]", f"[{name}]!"])


def copy_of(said: DraftField) -> DraftField:
    """The same field for another source, without what is the first one's own affair."""
    return DraftField(said.type, said.arguments)


def where(choices: Choices, sources: Sequence[str]) -> list[str]:
    """Some of these sources to resolve a field in: mostly one."""
    if len(sources) > 1 and choices.chance(25, "shareable"):
        return choices.some(sources, 2, len(sources))
    return [choices.one(sources)]

"""Reading a policy tree by its schema: every mistake becomes a finding, and reading goes on."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from gateway.errors import Finding
from gateway.policy.documents import Listing, Node, Place, Table, Text

_SHOWN: Final = 8  # names listed in a remedy, and
_SHOWN_LENGTH: Final = 80  # characters of a name repeated in a message


@dataclass(slots=True)
class Reader:
    """Gives the parts of a tree as what they should be, and collects `findings` where they are not."""

    findings: list[Finding] = field(default_factory=list)

    def report(self, place: Place, message: str, remedy: str) -> None:
        """Add a finding."""
        self.findings.append(place.finding(message, remedy))

    def entries(self, node: Node, what: str) -> tuple[tuple[Text, Node], ...]:
        """The entries of a table; none when it is something else."""
        if isinstance(node, Table):
            return node.entries
        self.report(node.place, f"{what} must be a mapping", "write `name: value` pairs")
        return ()

    def fields(
        self,
        node: Node,
        what: str,
        required: Collection[str] = (),
        optional: Collection[str] = (),
        later: Collection[str] = (),
    ) -> Mapping[str, Node]:
        """The entries of a table with known keys. `later`: keys of the language not supported yet."""
        found: dict[str, Node] = {}
        for key, value in self.entries(node, what):
            if key.value in later:
                self.report(key.place, f"{key.value} is not supported yet", "delete it")
            elif self.known(key, f"key of {what}", (*required, *optional)):
                found[key.value] = value
        if isinstance(node, Table):
            for name in required:
                if name not in found:
                    self.report(node.place, f"{what} lacks {name}", f"add `{name}:`")
        return found

    def items(self, node: Node, what: str) -> tuple[Node, ...]:
        """The items of a list; none when it is something else."""
        if isinstance(node, Listing):
            return node.items
        self.report(node.place, f"{what} must be a list", "write `[a, b]`")
        return ()

    def text(self, node: Node, what: str) -> Text | None:
        """A text that is not empty, or None."""
        if isinstance(node, Text) and node.value:
            return node
        self.report(node.place, f"{what} must be a text", "write one value")
        return None

    def texts(self, node: Node, what: str) -> tuple[Text, ...]:
        """A list of texts, without those that are none; an empty list is a finding."""
        items = self.items(node, what)
        if not items and isinstance(node, Listing):
            self.report(node.place, f"{what} is empty", "name at least one")
        return tuple(text for item in items if (text := self.text(item, f"each of {what}")) is not None)

    def known(self, text: Text, what: str, names: Iterable[str]) -> bool:
        """True when the text is one of `names`; else a finding that suggests the nearest one."""
        names = sorted(set(names))
        if text.value in names:
            return True
        self.report(text.place, f"unknown {what} {shortened(text.value)}", suggestion(text.value, names))
        return False

    def names(self, node: Node, what: str, known: Iterable[str]) -> frozenset[str]:
        """A list of known names."""
        known = frozenset(known)
        return frozenset(text.value for text in self.texts(node, f"{what}s") if self.known(text, what, known))

    def bilingual(self, node: Node, what: str) -> None:
        """Check a text in Chinese and English."""
        for name, value in self.fields(node, what, required=("zh", "en")).items():
            self.text(value, f"{name} of {what}")

    def count(self, node: Node, what: str) -> int | None:
        """A whole number of 0 to 9999, or None."""
        text = self.text(node, what)
        if text is None:
            return None
        if text.value.isascii() and text.value.isdigit() and len(text.value) <= 4:
            return int(text.value)
        self.report(text.place, f"{what} must be a whole number", "write digits, for example 2")
        return None


def suggestion(wrong: str, names: Collection[str]) -> str:
    """A remedy: the nearest name, or the first few there are."""
    near = get_close_matches(wrong[:_SHOWN_LENGTH], names, n=1)
    if near:
        return f"did you mean {near[0]}?"
    if not names:
        return "there are none yet"
    shown = sorted(names)[:_SHOWN]
    return f"known are {', '.join(shown)}{', …' if len(names) > _SHOWN else ''}"


def shortened(text: str) -> str:
    """A name of somebody's, short enough to repeat on one line."""
    plain = text if text.isprintable() else ascii(text)
    return plain if len(plain) <= _SHOWN_LENGTH else plain[:_SHOWN_LENGTH] + "…"

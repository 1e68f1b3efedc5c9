"""Policy files as trees of text with places: YAML without implicit types, anchors, tags or surprises.

Policy files are input like any other. A file is read only up to a size, depth and number
of nodes, and whatever YAML offers beyond mappings, lists and text is refused with its line.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NoReturn, TypeAlias

import yaml

from gateway.errors import Finding

CODE: Final = "POLICY"
MAX_BYTES: Final = 1024 * 1024
MAX_DEPTH: Final = 20
MAX_NODES: Final = 50_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the file's name inside the policy folder, line and column from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def finding(self, message: str, remedy: str) -> Finding:
        """A finding at this place."""
        return Finding(CODE, message, remedy, self.file, self.line, self.column)


@dataclass(frozen=True, slots=True)
class Text:
    """A scalar, as it is written."""

    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    place: Place
    items: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping; its keys are ASCII and unique."""

    place: Place
    entries: tuple[tuple[Text, "Node"], ...]


Node: TypeAlias = Text | Listing | Table


class Unreadable(Exception):
    """A file that is not read further. Carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(str(finding))
        self.finding = finding


def parse_document(file: str, content: bytes) -> Node:
    """The one document in `content` (UTF-8); an empty file is an empty table. Raises Unreadable."""
    place = Place(file)
    if len(content) > MAX_BYTES:
        raise Unreadable(place.finding("the file is larger than 1 MiB", "split it into several rules"))
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Unreadable(Place(file, line).finding("this is not UTF-8", "save the file as UTF-8")) from None
    try:
        return _Builder(file, yaml.parse(text, Loader=yaml.SafeLoader)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = Place(file, mark.line + 1, mark.column + 1) if mark else place
        raise Unreadable(
            where.finding(f"this is no YAML: {error.problem}", "mend the syntax; mind indents and quotes")
        ) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, int(error.position)) + 1
        raise Unreadable(
            Place(file, line).finding("a character that YAML does not allow", "delete it or write it plainly")
        ) from None
    except (ValueError, OverflowError):  # an escape or a version beyond what there is
        raise Unreadable(place.finding("an escape that names no character", "write it plainly")) from None


class _Builder:
    """Builds the tree from YAML's events, refusing what the policy language does not use."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self._file = file
        self._events = events
        self._nodes = 0

    def document(self) -> Node:
        self._next()  # the stream's start
        if isinstance(self._next(), yaml.StreamEndEvent):
            return Table(Place(self._file), ())
        root = self._node(self._next(), 1)
        self._next()  # the document's end
        following = self._next()
        if not isinstance(following, yaml.StreamEndEvent):
            self._refuse(following, "a second document in one file", "keep one document in each file")
        return root

    def _next(self) -> yaml.Event:
        return next(self._events)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        self._check(event, depth)
        place = self._place(event)
        if isinstance(event, yaml.ScalarEvent):
            if any("\ud800" <= character <= "\udfff" for character in event.value):
                self._refuse(event, "an escape that names half a character", "write the character plainly")
            return Text(place, event.value)
        if isinstance(event, yaml.SequenceStartEvent):
            return Listing(place, tuple(self._items(depth)))
        return Table(place, tuple(self._entries(depth)))

    def _items(self, depth: int) -> Iterator[Node]:
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            yield self._node(event, depth + 1)

    def _entries(self, depth: int) -> Iterator[tuple[Text, Node]]:
        seen: set[str] = set()
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._node(event, depth + 1)
            if not isinstance(key, Text) or not key.value.isascii():
                self._refuse(event, "a key that is no ASCII text", "write keys and names in ASCII")
            if key.value in seen:
                self._refuse(event, f"the key {key.value} stands here twice", "keep one of the two")
            seen.add(key.value)
            yield key, self._node(self._next(), depth + 1)

    def _check(self, event: yaml.Event, depth: int) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            self._refuse(event, f"more than {MAX_NODES} values in one file", "split the file")
        if depth > MAX_DEPTH:
            self._refuse(event, f"nested deeper than {MAX_DEPTH} levels", "write it flatter")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self._refuse(event, "anchors and aliases are not used here", "write the value out")
        if getattr(event, "tag", None) is not None:
            self._refuse(event, "tags are not used here", "delete the tag; every value is text")

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        return Place(self._file, mark.line + 1, mark.column + 1) if mark else Place(self._file)

    def _refuse(self, event: yaml.Event, message: str, remedy: str) -> NoReturn:
        raise Unreadable(self._place(event).finding(message, remedy))

"""A manifest's YAML as plain data, with the place of every key, and bounds on all of it.

Read more strictly than YAML allows: keys are text as written, `yes` and `01` are text and not a Boolean or a
number, a repeated key is a finding, and tags that construct anything are refused.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import yaml

from connectors.manifest_findings import ManifestError, ManifestFinding

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value] | None"
Keys: TypeAlias = tuple[str | int, ...]
"""The way from the document's root to a value: keys of mappings, indices of lists."""

_MAX_BYTES = 1_000_000
_MAX_NODES = 20_000
_MAX_DEPTH = 32
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,15})")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_PLAIN = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(slots=True)
class Document:
    """A file's content and where each part of it stands: `places` holds (line, column), from 1."""

    path: Path
    data: dict[str, Value]
    places: dict[Keys, tuple[int, int]] = field(default_factory=dict)

    def finding(self, keys: Keys, message: str, remedy: str) -> ManifestFinding:
        """A finding at the place of `keys`, or of the nearest thing around it."""
        line, column = next(
            (self.places[keys[:end]] for end in range(len(keys), -1, -1) if keys[:end] in self.places), (1, 1)
        )
        return ManifestFinding(message, remedy, self.path, line, column)

    def line(self, keys: Keys) -> int:
        """The line on which a key stands; 1 for the document itself."""
        return self.places.get(keys, (1, 1))[0]


def read_bounded(path: Path, limit: int, what: str) -> str:
    """The text of a file of at most `limit` bytes. Raises ManifestError when it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refused(path, f"{what} cannot be read: {reason}", "check the path") from None
    if len(content) > limit:
        raise _refused(path, f"{what} is larger than {limit:,} bytes", "make it smaller")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise _refused(path, f"{what} is not UTF-8", "save it as UTF-8", line) from None


def read_document(path: Path) -> Document:
    """Read one YAML file that holds a mapping. Raises ManifestError with what is wrong, and where."""
    root = _compose(path, read_bounded(path, _MAX_BYTES, "the manifest"))
    document = Document(path, {})
    reader = _Reader(document)
    data = reader.value(root, ()) if root is not None else None
    if reader.findings:
        raise ManifestError(reader.findings)
    if not isinstance(data, dict):
        raise _refused(path, "a manifest is a mapping of keys to values", "begin with `source: NAME`", 1, 1)
    document.data = data
    return document


def _compose(path: Path, text: str) -> yaml.Node | None:
    try:
        # Nodes alone: nothing is ever constructed from a tag.
        root: yaml.Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark else (None, None)
        problem = error.problem or "it is malformed"
        raise _refused(path, f"this is not YAML: {problem}", "correct the YAML", *place) from None
    except yaml.YAMLError:
        message = "this is not YAML: a character is not allowed"
        raise _refused(path, message, "remove control characters") from None
    except RecursionError:
        raise _refused(path, "the YAML is nested too deeply", "flatten it") from None
    return root


def _refused(
    path: Path, message: str, remedy: str, line: int | None = None, column: int | None = None
) -> ManifestError:
    return ManifestError([ManifestFinding(message, remedy, path, line, column)])


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.findings: list[ManifestFinding] = []
        self._nodes = 0

    def value(self, node: yaml.Node, keys: Keys) -> Value:
        """A node as data; aliases are counted each time they are used, so they cannot blow a file up."""
        self._nodes += 1
        if self._nodes > _MAX_NODES or len(keys) > _MAX_DEPTH:
            if self._nodes < 2 * _MAX_NODES:
                self._find(node, "the manifest holds too much, or nests too deeply", "make it smaller")
                self._nodes = 2 * _MAX_NODES
            return None
        if node.tag.startswith("!"):
            self._find(node, f"the tag {node.tag} is not understood", "write the value without a tag")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, keys)
        if isinstance(node, yaml.SequenceNode):
            items: list[Value] = []
            for index, item in enumerate(node.value):
                self._place(item, (*keys, index))
                items.append(self.value(item, (*keys, index)))
            return items
        value = _scalar(node)
        if isinstance(value, str) and _CONTROL.search(value) and keys[-1:] != ("description",):
            self._find(node, "the text holds a line break or a control character", "write it on one line")
        return value

    def _mapping(self, node: yaml.MappingNode, keys: Keys) -> Value:
        result: dict[str, Value] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._find(key_node, "a key must be plain text", "write the key as text")
                continue
            key = str(key_node.value)
            if key in result:
                self._find(key_node, f"the key `{key}` is here twice", "keep one of them")
                continue
            self._place(key_node, (*keys, key))
            result[key] = self.value(value_node, (*keys, key))
        return result

    def _place(self, node: yaml.Node, keys: Keys) -> None:
        self.document.places[keys] = (node.start_mark.line + 1, node.start_mark.column + 1)

    def _find(self, node: yaml.Node, message: str, remedy: str) -> None:
        place = (node.start_mark.line + 1, node.start_mark.column + 1)
        self.findings.append(ManifestFinding(message, remedy, self.document.path, *place))


def _scalar(node: yaml.Node) -> Value:
    text = str(node.value)
    if getattr(node, "style", None) is not None:  # quoted, or a block of text
        return text
    if text.lower() in _PLAIN:
        return _PLAIN[text.lower()]
    return int(text) if _INTEGER.fullmatch(text) else text

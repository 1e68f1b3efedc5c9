"""The deployment's own settings: one YAML file that says which ontology, departments, policies and limits.

Values are read as written (`on` is no boolean), every key is known or refused, and all
findings come at once, each with its line.
"""

import dataclasses
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

import yaml

from gateway.errors import ConfigurationError, Finding

CODE: Final = "SETTINGS_INVALID"
HOST: Final = "127.0.0.1"
PORT: Final = 8080
"""Where a gateway answers when nothing else is stated."""

SHARING: Final = ("unconditional", "conditional", "none")
"""How a source may share its data (无条件/有条件/不予共享)."""

_MAX_BYTES: Final = 256 * 1024
_MAX_DEPTH: Final = 8
_SECRET = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_DOTTED = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_]\w*", re.ASCII)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may cost.

    `body_bytes`: of the request. `tokens`, `depth` (brackets inside each other), `selections`,
    `repeats` (of one response key in one selection set): of the operation. `seconds`: for the
    whole request. `representations`: entities that one fetch may ask for. `response_bytes`: of
    the answer.
    """

    body_bytes: int = 1024 * 1024
    tokens: int = 10_000
    depth: int = 50
    selections: int = 10_000
    repeats: int = 100
    seconds: float = 10.0
    representations: int = 10_000
    response_bytes: int = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """Whose tokens are believed: the issuer's name and its public key (path of a PEM file, or the PEM)."""

    issuer: str
    public_key: Path | str


@dataclass(frozen=True, slots=True)
class DepartmentSettings:
    """Sources that departments registered, composed here.

    `ontology_sdl` and `ontology_scalars` are `module:name` of a function that returns the
    unified SDL, and of a mapping from scalar names to parsers. `manifests` is the folder of
    manifests. `record` names, per entity type, the source that decides whether an entity exists.
    """

    ontology_sdl: str
    ontology_scalars: str
    manifests: Path
    record: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SupergraphSettings:
    """Sources that somebody else composed: the file of composed SDL. `sharing`: how each source shares."""

    file: Path
    sharing: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Settings:
    """All that a deployment states. Paths are absolute or relative to the working directory.

    `policies` is the folder of policy files. `override_labels`: the labels of `@override` that are active for all
    requests.
    """

    file: Path
    sources: DepartmentSettings | SupergraphSettings
    policies: Path
    limits: Limits = field(default_factory=Limits)
    identity: IdentitySettings | None = None
    host: str = HOST
    port: int = PORT
    override_labels: frozenset[str] = frozenset()


def load_settings(path: Path, environment: Mapping[str, str]) -> Settings:
    """Read settings; `${NAME}` in `identity` is replaced from `environment`.

    Raises ConfigurationError with every finding (file, line, column), never with a value of
    the environment.
    """
    findings: list[Finding] = []
    root = _Reader(_document(path), path, environment, findings)
    settings = _settings(root, path)
    if findings:
        raise ConfigurationError(sorted(findings, key=lambda found: (found.line or 0, found.column or 0)))
    return settings


def _settings(root: "_Reader", path: Path) -> Settings:
    common = ("policies", "limits", "identity", "server", "override_labels")
    if root.holds("supergraph"):
        root.allow("supergraph", "sharing", *common)
    else:
        root.allow("ontology", "departments", "record", *common)
    server = root.section("server", "host", "port", required=False)
    return Settings(
        file=path,
        sources=_supergraph(root, path) if root.holds("supergraph") else _departments(root, path),
        policies=root.read("policies", _folder(path.parent), path.parent),
        limits=_limits(root),
        identity=_identity(root, path.parent),
        host=server.read("host", str, HOST, required=False),
        port=server.read("port", _whole(0, 65_535), PORT, required=False),
        override_labels=frozenset(root.items("override_labels", _label)),
    )


def _departments(root: "_Reader", path: Path) -> DepartmentSettings:
    ontology = root.section("ontology", "sdl", "scalars")
    return DepartmentSettings(
        ontology_sdl=ontology.read("sdl", _dotted, ""),
        ontology_scalars=ontology.read("scalars", _dotted, ""),
        manifests=root.read("departments", _folder(path.parent), path.parent),
        record=MappingProxyType(root.section("record").texts()),
    )


def _supergraph(root: "_Reader", path: Path) -> SupergraphSettings:
    sharing = root.section("sharing")
    return SupergraphSettings(
        file=path.parent / root.read("supergraph", str, ""),
        sharing=MappingProxyType(sharing.each(_one_of(*SHARING))),
    )


def _limits(root: "_Reader") -> Limits:
    names = [item.name for item in dataclasses.fields(Limits)]
    section = root.section("limits", *names, required=False)
    standard = Limits()
    counts = {
        name: section.read(name, _whole(1, 2**40), getattr(standard, name), required=False)
        for name in names
        if name != "seconds"
    }
    return Limits(seconds=section.read("seconds", _seconds, standard.seconds, required=False), **counts)


def _identity(root: "_Reader", folder: Path) -> IdentitySettings | None:
    if not root.holds("identity"):
        return None
    section = root.section("identity", "issuer", "public_key")
    issuer = section.read("issuer", section.resolved, "")
    key = section.read("public_key", section.resolved, "")
    return IdentitySettings(issuer, key if key.startswith("-----BEGIN") else folder / key)


def _dotted(text: str) -> str:
    if not _DOTTED.fullmatch(text):
        raise ValueError("is not of the form module:name")
    return text


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"is none of {', '.join(words)}")
        return text

    return read


def _folder(base: Path) -> Callable[[str], Path]:
    def read(text: str) -> Path:
        folder = base / text
        if not folder.is_dir():
            raise ValueError(f"names a folder that is not there ({folder})")
        return folder

    return read


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text.replace("_", "")) if re.fullmatch(r"[0-9][0-9_]{0,15}", text) else -1
        if not least <= number <= most:
            raise ValueError(f"is not a whole number from {least} to {most}")
        return number

    return read


def _label(text: str) -> str:
    """Whether anything moves by it, the supergraph tells."""
    if not text:
        raise ValueError("holds what is no label of @override")
    return text


def _seconds(text: str) -> float:
    number = float(text) if re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", text) else math.nan
    if not 0 < number <= 3_600:
        raise ValueError("is not a number of seconds above 0 and up to 3600")
    return number


def _document(path: Path) -> yaml.MappingNode:
    """The file's one mapping, without anchors, tags or duplicate keys."""
    try:
        with path.open("rb") as file:
            text = file.read(_MAX_BYTES + 1)
    except OSError as error:
        raise _refused(path, f"the file cannot be read ({error.strerror})", "name a settings file") from None
    if len(text) > _MAX_BYTES:
        raise _refused(path, f"the file is larger than {_MAX_BYTES} bytes", "shorten it")
    try:
        _check_events(path, text)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "it is not UTF-8 text"
        raise _refused(path, f"the file is not YAML: {problem}", "mend the syntax", mark) from None
    if not isinstance(node, yaml.MappingNode):
        raise _refused(path, "the file is no mapping of names to values", "begin with `ontology:`")
    return node


def _check_events(path: Path, text: bytes) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise _refused(path, "anchors and aliases are not allowed", "write it out", event.start_mark)
        if getattr(event, "tag", None) is not None:
            raise _refused(path, "tags are not allowed", "remove the tag", event.start_mark)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            raise _refused(path, "the file is nested too deeply", "flatten it", event.start_mark)


def _refused(path: Path, message: str, remedy: str, mark: "_Mark | None" = None) -> ConfigurationError:
    line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
    return ConfigurationError([Finding(CODE, message, remedy, path, line, column)])


class _Mark(Protocol):
    """A place in the file, counted from 0."""

    line: int
    column: int


class _Reader:
    """Reads one mapping of the file and collects what is wrong with it."""

    def __init__(
        self,
        node: yaml.MappingNode,
        path: Path,
        environment: Mapping[str, str],
        findings: list[Finding],
        missing: bool = False,
    ) -> None:
        self._node, self._path, self._environment, self._findings = node, path, environment, findings
        self._missing = missing  # the section itself is reported, or optional: its fields are not
        self._values: dict[str, tuple[yaml.Node, yaml.Node]] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, yaml.ScalarNode) else ""
            if name in self._values:
                self._report(f"the key {name} stands here twice", "keep one", key)
            self._values[name] = (key, value)

    def allow(self, *names: str) -> None:
        """Report every key that is not among `names`."""
        for name, (key, _) in self._values.items():
            if name not in names:
                self._report(f"unknown key {name[:60]!r}", f"known here: {', '.join(names)}", key)

    def holds(self, name: str) -> bool:
        """True when the key is written."""
        return name in self._values

    def section(self, name: str, *names: str, required: bool = True) -> "_Reader":
        """The mapping under `name`; with `names`, no other keys may stand in it."""
        value = self._values[name][1] if name in self._values else None
        if isinstance(value, yaml.MappingNode):
            reader = _Reader(value, self._path, self._environment, self._findings)
            if names:
                reader.allow(*names)
            return reader
        if value is not None:
            self._report(f"{name} is no mapping", "indent its keys below it", value)
        elif required and not self._missing:
            self._report(f"{name} is missing", f"add `{name}:`", self._node)
        empty = yaml.MappingNode("tag:yaml.org,2002:map", [], self._node.start_mark)
        return _Reader(empty, self._path, self._environment, self._findings, missing=True)

    def read(
        self, name: str, convert: Callable[[str], Value], default: Value, required: bool = True
    ) -> Value:
        """The value under `name`, converted; what is missing or wrong is reported and `default` returned."""
        if name not in self._values:
            if required and not self._missing:
                self._report(f"{name} is missing", f"add `{name}:`", self._node)
            return default
        node = self._values[name][1]
        if not isinstance(node, yaml.ScalarNode) or not node.value:
            self._report(f"{name} is no single value", "write one value", node)
            return default
        try:
            return convert(node.value)
        except ValueError as error:
            self._report(f"{name} {error}", "correct the value", node)
            return default

    def items(self, name: str, convert: Callable[[str], Value]) -> list[Value]:
        """The values of the list under `name`, converted; none when the key is not written."""
        if name not in self._values:
            return []
        node = self._values[name][1]
        if not isinstance(node, yaml.SequenceNode):
            self._report(f"{name} is no list", "write `[…]`", node)
            return []
        found = []
        for item in node.value:
            try:
                found.append(convert(item.value if isinstance(item, yaml.ScalarNode) else ""))
            except ValueError as error:
                self._report(f"{name} {error}", "correct the value", item)
        return found

    def texts(self) -> dict[str, str]:
        """All keys of the mapping with their values as text."""
        return self.each(str)

    def each(self, convert: Callable[[str], str]) -> dict[str, str]:
        """All keys of the mapping with their values, converted."""
        return {name: self.read(name, convert, "") for name in self._values}

    def resolved(self, text: str) -> str:
        """`text` with each `${NAME}` replaced; raises ValueError naming the variables that are not set."""
        missing = sorted(set(self._unset(text)))
        if missing:
            raise ValueError(f"needs environment variables that are not set: {', '.join(missing)}")
        return _SECRET.sub(lambda match: self._environment[match[1]], text)

    def _unset(self, text: str) -> Iterator[str]:
        return (name for name in _SECRET.findall(text) if not self._environment.get(name))

    def _report(self, message: str, remedy: str, node: yaml.Node) -> None:
        mark = node.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
        self._findings.append(Finding(CODE, message, remedy, self._path, line, column))

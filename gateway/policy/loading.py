"""Loading a policy folder: read each file once, check everything, decide nothing unless all is right."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Final

from gateway.errors import ConfigurationError, Finding
from gateway.policy.coordinates import Coordinates
from gateway.policy.documents import CODE, Node, Place, Table, Unreadable, parse_document
from gateway.policy.guards import read_guards
from gateway.policy.labels import read_labels
from gateway.policy.model import Allow, Coordinate, Rule, RuleBook
from gateway.policy.policy import Policy
from gateway.policy.reading import Reader, suggestion
from gateway.policy.rules import Vocabulary, read_denials, read_rule
from gateway.policy.vocabulary import read_masks, read_purposes, read_roles
from gateway.supergraph.model import Supergraph

_REQUIRED: Final = ("labels.yaml", "purposes.yaml", "roles.yaml")
_OPTIONAL: Final = ("masks.yaml", "guards.yaml", "deny.yaml")
_LATER: Final = ("grants.yaml", "exchange.yaml")
_RULES: Final = "rules"
_TESTS: Final = "tests"
_MAX_FILES: Final = 500
_MAX_BYTES: Final = 8 * 1024 * 1024
_SUFFIXES: Final = (".yaml", ".yml")


def load_policy(directory: Path, supergraph: Supergraph) -> Policy:
    """The policy that the files in `directory` state, checked against the supergraph.

    Raises ConfigurationError with every finding, each with its file, line and column. A
    file that could hold a rule or a denial, but cannot be used, is never passed over.
    """
    try:
        return Policy(_read_book(_read_files(directory), supergraph), supergraph)
    except ConfigurationError as error:
        raise ConfigurationError(
            [replace(finding, file=directory / (finding.file or "")) for finding in error.findings]
        ) from None


def _read_book(contents: Mapping[str, bytes], supergraph: Supergraph) -> RuleBook:
    reader = Reader()
    documents = _parse(contents, reader)
    vocabulary = _read_vocabulary(documents, supergraph, reader)
    if _unreadable_vocabulary(contents, documents):
        raise ConfigurationError(reader.findings)
    rules = tuple(
        read_rule(name, document, vocabulary, reader)
        for name, document in documents.items()
        if name.startswith(f"{_RULES}/")
    )
    denials = read_denials(documents["deny.yaml"], vocabulary, reader) if "deny.yaml" in documents else ()
    _check_overlaps(rules, reader)
    if reader.findings:
        raise ConfigurationError(reader.findings)
    return RuleBook(
        version=_version(contents),
        labels=vocabulary.labels,
        clearances=vocabulary.roles,
        purposes=vocabulary.purposes,
        rules=rules,
        denials=(*denials, *(denial for rule in rules for denial in rule.denials)),
    )


def _read_files(directory: Path) -> Mapping[str, bytes]:
    """The policy files by name, each read once: what is hashed is what is parsed."""
    findings: list[Finding] = []
    try:
        paths = dict(_policy_files(directory, findings))
        findings += [
            _finding("", f"{name} is missing", "write it, even if it is short")
            for name in _REQUIRED
            if name not in paths
        ]
        if len(paths) > _MAX_FILES or sum(path.stat().st_size for path in paths.values()) > _MAX_BYTES:
            message = f"more than {_MAX_FILES} files, or more than {_MAX_BYTES // 2**20} MiB"
            findings.append(_finding("", message, "use fewer files"))
        if not findings:
            return {name: path.read_bytes() for name, path in sorted(paths.items())}
    except OSError as error:
        message = f"the policy cannot be read: {error.strerror}"
        findings.append(_finding("", message, "name a folder that holds labels.yaml and can be read"))
    raise ConfigurationError(findings)


def _policy_files(directory: Path, findings: list[Finding]) -> Iterable[tuple[str, Path]]:
    for path in _shown(directory):
        name = _printable(path.name)
        if name == _RULES and path.is_dir():
            yield from _rule_files(path, findings)
        elif name == _TESTS and path.is_dir():
            if any(_shown(path)):
                findings.append(_finding(name, "tests are not supported yet", "keep them elsewhere"))
        elif name in _LATER:
            findings.append(_finding(name, "this file is not supported yet", "take it away"))
        elif name in (*_REQUIRED, *_OPTIONAL) and path.is_file():
            yield name, path
        elif path.is_dir() or path.suffix.lower() in _SUFFIXES:
            remedy = suggestion(name, (*_REQUIRED, *_OPTIONAL, _RULES))
            findings.append(_finding(name, "this is no part of a policy", remedy))


def _rule_files(rules: Path, findings: list[Finding]) -> Iterable[tuple[str, Path]]:
    for path in _shown(rules):
        name = f"{_RULES}/{_printable(path.name)}"
        if path.is_file() and path.suffix == ".yaml" and path.name.isascii():
            yield name, path
        elif path.is_dir() or path.suffix.lower() in _SUFFIXES:
            remedy = "put rules into rules/NAME.yaml, with a name in ASCII"
            findings.append(_finding(name, "this is no rule file", remedy))


def _printable(name: str) -> str:
    return name if name.isascii() and name.isprintable() else ascii(name).strip("'")


def _shown(directory: Path) -> Iterable[Path]:
    """What stands in a folder, hidden names aside (editors' copies, the mounts of containers)."""
    return sorted(path for path in directory.iterdir() if not path.name.startswith("."))


def _version(contents: Mapping[str, bytes]) -> str:
    """SHA-256 over names and bytes; lengths keep one file's end from passing for another's beginning."""
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def _parse(contents: Mapping[str, bytes], reader: Reader) -> Mapping[str, Node]:
    documents: dict[str, Node] = {}
    for name, content in contents.items():
        try:
            documents[name] = parse_document(name, content)
        except Unreadable as unreadable:
            reader.findings.append(unreadable.finding)
    return documents


def _unreadable_vocabulary(contents: Mapping[str, bytes], documents: Mapping[str, Node]) -> bool:
    """True when a file of names is lost: every rule that uses one would be reported for nothing."""
    return any(name not in documents and not name.startswith(f"{_RULES}/") for name in contents)


def _read_vocabulary(documents: Mapping[str, Node], supergraph: Supergraph, reader: Reader) -> Vocabulary:
    def document(name: str) -> Node:
        return documents.get(name, Table(Place(name), ()))

    coordinates = Coordinates(supergraph)
    scale, labels = read_labels(document("labels.yaml"), supergraph, coordinates, reader)
    roles = read_roles(document("roles.yaml"), scale, reader)
    return Vocabulary(
        supergraph=supergraph,
        coordinates=coordinates,
        labels=labels,
        masks=read_masks(document("masks.yaml"), scale, supergraph, reader),
        purposes=read_purposes(document("purposes.yaml"), roles, reader),
        roles=roles,
        guards=read_guards(document("guards.yaml"), supergraph, coordinates, reader),
    )


def _check_overlaps(rules: Iterable[Rule], reader: Reader) -> None:
    """Two masks of one field for one role and purpose: together they could show what each hides."""
    seen: dict[tuple[str, str, Coordinate], list[tuple[Rule, Allow]]] = {}
    reported: set[Place] = set()
    for rule in rules:
        for allow in rule.allows:
            for role, purpose in product(sorted(rule.roles), sorted(rule.purposes)):
                others = seen.setdefault((role, purpose, allow.coordinate), [])
                clash = next((other for other in others if _clash(other, (rule, allow))), None)
                if clash is not None and allow.place not in reported:
                    reported.add(allow.place)
                    _report_overlap(clash[1], allow, role, reader)
                if allow.mask is not None:
                    others.append((rule, allow))


def _clash(one: tuple[Rule, Allow], other: tuple[Rule, Allow]) -> bool:
    masks = {allow.mask for _, allow in (one, other)}
    return len(masks - {None}) == 2 and one[0].validity.overlaps(other[0].validity)


def _report_overlap(one: Allow, other: Allow, role: str, reader: Reader) -> None:
    masks = [allow.mask.name for allow in (one, other) if allow.mask is not None]
    message = f"{role} gets {'.'.join(other.coordinate)} through the masks {' and '.join(masks)}"
    place = f"{one.place.file}:{one.place.line}:{one.place.column}"
    reader.report(other.place, message, f"keep one of them; the other stands at {place}")


def _finding(name: str, message: str, remedy: str) -> Finding:
    return Finding(CODE, message, remedy, name)

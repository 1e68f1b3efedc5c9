"""Secrets in manifests: `${NAME}` in addresses and headers, put in from the environment."""

import re
from collections.abc import Iterator, Mapping

from connectors.manifest_document import Document, Keys, Value
from connectors.manifest_findings import ManifestFinding

_REFERENCE = re.compile(r"\$\{([^{}]*)\}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def put_secrets(document: Document, environment: Mapping[str, str], findings: list[ManifestFinding]) -> None:
    """Replace every reference in the document's `url`, `token` and `headers` by its value.

    What is missing, misplaced or unusable becomes a finding that names the variable alone.
    """
    for keys, holder, text in list(_texts(document.data, ())):
        names = _REFERENCE.findall(text)
        if not _may_hold_secrets(keys):
            if any(_NAME.fullmatch(name) for name in names):
                findings.append(
                    document.finding(keys, f"`{keys[-1]}` refers to a variable",
                                     "secrets stand only in `url`, `token` and `headers`")
                )  # fmt: skip
            continue
        for name in names:
            findings.extend(_unusable(document, keys, name, environment))
        holder[str(keys[-1])] = _REFERENCE.sub(lambda found: environment.get(found[1], ""), text)


def _may_hold_secrets(keys: Keys) -> bool:
    return keys in (("url",), ("token",)) or (len(keys) > 1 and keys[-2] == "headers" and len(keys) in (2, 4))


def _unusable(
    document: Document, keys: Keys, name: str, environment: Mapping[str, str]
) -> Iterator[ManifestFinding]:
    if not _NAME.fullmatch(name):
        yield document.finding(keys, f"`{keys[-1]}` holds a reference without a proper name", "write ${NAME}")
    elif not environment.get(name):
        yield document.finding(
            keys, f"the variable {name} is not set", f"set {name} in the gateway's environment"
        )
    elif _CONTROL.search(environment[name]):
        yield document.finding(
            keys, f"the variable {name} holds a control character", f"set {name} to one line"
        )


def _texts(value: Value, keys: Keys) -> Iterator[tuple[Keys, dict[str, Value], str]]:
    """Every text that stands under a key, with the mapping that holds it."""
    if isinstance(value, dict):
        for key, item in value.items():
            if isinstance(item, str):
                yield (*keys, key), value, item
            else:
                yield from _texts(item, (*keys, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _texts(item, (*keys, index))

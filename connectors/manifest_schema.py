"""The manifest's JSON Schema: printed for editors, and what a manifest breaks in it said in plain words."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from jsonschema import Draft202012Validator, ValidationError

from connectors.manifest_document import Document, Keys
from connectors.manifest_findings import ManifestFinding

_FILE: Final = Path(__file__).with_name("manifest.schema.json")
_MAX_FINDINGS: Final = 50
_KINDS: Final = {
    "string": "text",
    "object": "a mapping",
    "array": "a list",
    "integer": "a whole number",
}


# `Any`: a JSON Schema, which is JSON without a fixed shape.
def manifest_json_schema() -> dict[str, Any]:
    """The JSON Schema of manifests (draft 2020-12), for editors and for documentation."""
    schema: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return schema


def schema_findings(document: Document) -> list[ManifestFinding]:
    """Everything in which a manifest breaks the schema, in order of place."""
    findings: dict[tuple[Keys, str], ManifestFinding] = {}
    for error in _validator().iter_errors(document.data):
        for keys, message, remedy in _explain(error):
            findings.setdefault((keys, message), document.finding(keys, message, remedy))
    ordered = sorted(findings.values(), key=lambda each: (each.line or 0, each.column or 0, each.message))
    return ordered[:_MAX_FINDINGS]


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(manifest_json_schema())


def _explain(error: ValidationError) -> Iterator[tuple[Keys, str, str]]:
    """Where, what and how to mend it. Values are never repeated: they may be secrets."""
    keys: Keys = tuple(error.absolute_path)
    schema: Any = error.schema if isinstance(error.schema, dict) else {}  # `Any`: parts of a JSON Schema
    wanted: Any = error.validator_value
    meaning = _english(schema.get("description"))
    name = f"`{keys[-1]}`" if keys else "the manifest"
    if error.validator == "additionalProperties":
        known = schema.get("properties", {})
        for key in sorted(set(_keys(error.instance)) - set(known)):
            yield (*keys, key), f"unknown key `{key}`", f"use {_listed(known)}"
    elif error.validator == "required":
        missing = [key for key in wanted if key not in _keys(error.instance)]
        yield keys, f"{name} lacks {_listed(missing)}", "add it"
    elif error.validator == "dependentRequired":
        for key, others in wanted.items():
            missing = [other for other in others if other not in _keys(error.instance)]
            if key in _keys(error.instance) and missing:
                yield (*keys, key), f"`{key}` lacks {_listed(missing)} beside it", "add it, or leave both out"
    elif error.validator == "not":  # `unused`: what the schema forbids for this kind of connector
        yield keys, f"{name} does not belong here with this kind of connector", meaning
    elif error.validator == "type":
        kinds = wanted if isinstance(wanted, list) else [wanted]
        expected = " or ".join(_KINDS.get(str(kind), str(kind)) for kind in kinds)
        yield keys, f"{name} must be {expected}", meaning
    elif error.validator == "enum":
        yield keys, f"{name} has a value that is not known", f"use {_listed(wanted)}"
    elif error.validator in ("minProperties", "minItems"):
        yield keys, f"{name} is empty", meaning
    elif "propertyNames" in error.absolute_schema_path and isinstance(error.instance, str):
        yield (*keys, error.instance), f"`{error.instance[:80]}` cannot be a name here", meaning
    else:
        yield keys, f"{name} is malformed or out of range", meaning


def _keys(instance: object) -> Iterable[str]:
    return instance.keys() if isinstance(instance, dict) else ()


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _english(description: object) -> str:
    """The English half of a description, which says what to write."""
    return str(description).split(" / ")[-1] if description else "correct the value"

"""masks.yaml, purposes.yaml and roles.yaml: the names that rules are made of."""

import math
from collections.abc import Mapping
from typing import Final

from gateway.constraints import Mask, MaskKind
from gateway.policy.documents import Node, Text
from gateway.policy.labels import Scale
from gateway.policy.model import Grade, MaskRule, Purpose
from gateway.policy.reading import Reader, shortened
from gateway.supergraph.model import Kind, Supergraph

_NUMBERS: Final = frozenset({"Int", "Float"})
_TEXTS: Final = frozenset({"String", "ID"})
_BUILT_IN: Final = _NUMBERS | _TEXTS | {"Boolean"}
_KINDS: Final[Mapping[str, MaskKind]] = {
    "text": "fixed",
    "partial": "partial",
    "truncate": "truncate",
    "bucket": "bucket",
}
_MAX_BOUNDS: Final = 64
Parameters = tuple[tuple[str, str], ...]


def read_purposes(node: Node, roles: Mapping[str, Grade], reader: Reader) -> Mapping[str, Purpose]:
    """The purposes by name."""
    purposes: dict[str, Purpose] = {}
    for key, entry in reader.entries(node, "purposes.yaml"):
        what = f"purpose {shortened(key.value)}"
        parts = reader.fields(
            entry, what, required=("zh", "en", "basis"), optional=("default_for",), later=("on_denied",)
        )
        for name in ("zh", "en", "basis"):
            if name in parts:
                reader.text(parts[name], f"{name} of {what}")
        default_for = (
            reader.names(parts["default_for"], "role", roles) if "default_for" in parts else frozenset()
        )
        purposes[key.value] = Purpose(key.value, default_for)
    return purposes


def read_roles(node: Node, scale: Scale, reader: Reader) -> Mapping[str, Grade]:
    """The clearance of each role. One with a mistake in it is known all the same, and cleared for nothing."""
    nothing = Grade(-1, frozenset())
    return {
        key.value: scale.grade(entry, f"role {shortened(key.value)}", reader) or nothing
        for key, entry in reader.entries(node, "roles.yaml")
    }


def read_masks(node: Node, scale: Scale, supergraph: Supergraph, reader: Reader) -> Mapping[str, MaskRule]:
    """The masks by name, ranked as they stand in the file: the strictest first."""
    scalars = _BUILT_IN | {
        name for name, type_ in supergraph.types.items() if type_.kind in (Kind.SCALAR, Kind.ENUM)
    }
    masks: dict[str, MaskRule] = {}
    for rank, (key, entry) in enumerate(reader.entries(node, "masks.yaml")):
        mask = _read_mask(key, entry, rank, scale, scalars, reader)
        if mask is not None:
            masks[key.value] = mask
    return masks


def _read_mask(
    key: Text, entry: Node, rank: int, scale: Scale, scalars: frozenset[str], reader: Reader
) -> MaskRule | None:
    what = f"mask {shortened(key.value)}"
    before = len(reader.findings)
    parts = reader.fields(entry, what, required=("for", "yields"), optional=tuple(_KINDS))
    kinds = [name for name in _KINDS if name in parts]
    if len(kinds) != 1:
        reader.report(key.place, f"{what} must do exactly one thing", f"write one of {', '.join(_KINDS)}")
        return None
    yields = scale.grade(parts["yields"], f"yields of {what}", reader) if "yields" in parts else None
    covered = reader.names(parts["for"], "scalar", scalars) if "for" in parts else frozenset()
    parameters = _parameters(kinds[0], parts[kinds[0]], what, reader)
    if yields is None or parameters is None or len(reader.findings) > before:
        return None
    _check_scalars(key, kinds[0], dict(parameters), covered, reader)
    return MaskRule(Mask(key.value, _KINDS[kinds[0]], rank, parameters), covered, yields)


def _parameters(kind: str, node: Node, what: str, reader: Reader) -> Parameters | None:
    if kind == "text":
        text = reader.text(node, f"text of {what}")
        return None if text is None else (("text", text.value),)
    if kind == "partial":
        return _partial(node, what, reader)
    if kind == "truncate":
        return _truncate(node, what, reader)
    return _bucket(node, what, reader)


def _partial(node: Node, what: str, reader: Reader) -> Parameters | None:
    parts = reader.fields(node, f"partial of {what}", optional=("keep_first", "keep_last"))
    counts = [
        (name, reader.count(parts[name], f"{name} of {what}") if name in parts else 0)
        for name in ("keep_first", "keep_last")
    ]
    known = tuple((name, str(count)) for name, count in counts if count is not None)
    return known if len(known) == len(counts) else None


def _truncate(node: Node, what: str, reader: Reader) -> Parameters | None:
    to = reader.text(node, f"truncate of {what}")
    if to is None:
        return None
    digits = to.value.isascii() and to.value.isdigit() and len(to.value) <= 15
    if to.value not in ("year", "month") and not (digits and int(to.value) > 0):
        message = f"truncate of {what} is none of year, month, a power of ten, a length"
        reader.report(to.place, message, "write, for example, `truncate: year` or `truncate: 1000`")
        return None
    return (("to", to.value if not digits else str(int(to.value))),)


def _bucket(node: Node, what: str, reader: Reader) -> Parameters | None:
    bounds = [_number(text) for text in reader.texts(node, f"bucket of {what}")]
    numbers = [bound for bound in bounds if bound is not None]
    if (
        not bounds
        or len(numbers) < len(bounds)
        or len(bounds) > _MAX_BOUNDS
        or numbers != sorted(set(numbers))
    ):
        message = f"the bounds of {what} are not 1 to {_MAX_BOUNDS} ascending numbers"
        reader.report(node.place, message, "write, for example, `bucket: [0, 1000, 5000]`")
        return None
    return (("bounds", ",".join(f"{bound:.17g}" for bound in numbers)),)


def _number(text: Text) -> float | None:
    try:
        number = float(text.value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _check_scalars(
    key: Text, kind: str, parameters: Mapping[str, str], scalars: frozenset[str], reader: Reader
) -> None:
    """Find scalars on which the mask could only ever answer null: a text mask on numbers, or the reverse."""
    to = parameters.get("to", "")
    wrong = {"Boolean"}
    if kind in ("text", "partial") or to in ("year", "month"):
        wrong |= _NUMBERS
    if kind == "bucket":
        wrong |= _TEXTS
    for scalar in sorted(scalars & wrong):
        reader.report(key.place, f"mask {key.value} cannot mask {scalar}", "take it out of `for`")
    if scalars & _NUMBERS and to.isdigit() and to.strip("0") != "1":
        reader.report(key.place, f"mask {key.value} truncates numbers to {to}", "write a power of ten")

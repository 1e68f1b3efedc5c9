"""What is said of an element beside its own definition: descriptions, tags, labels, who may see it."""

from collections.abc import Iterable, Sequence

from graphql import ConstDirectiveNode, Node, value_from_ast_untyped

from gateway.supergraph.model import Label
from gateway.supergraph.source.model import Context, Marks
from gateway.supergraph.source.names import Names
from gateway.supergraph.source.report import Report

_NO_REASON = "No longer supported"
_UNDERSTOOD = frozenset(
    {
        "deprecated",
        "inaccessible",
        "tag",
        "authenticated",
        "requiresScopes",
        "policy",
        "label",
        "key",
        "requires",
        "provides",
        "external",
        "extends",
        "shareable",
        "override",
        "interfaceObject",
        "specifiedBy",
        "oneOf",
        "link",
        "composeDirective",
        "context",
        "fromContext",
    }
)
"""Directives that have a place of their own in the model."""


def read_marks(node: Node, names: Names, report: Report, further: Iterable[Node] = ()) -> Marks:
    """The marks of an element; `further` are its extensions, whose marks join those of the first."""
    nodes = [node, *further]
    found: dict[str, list[ConstDirectiveNode]] = {}
    applied: list[ConstDirectiveNode] = []
    for part in nodes:
        for directive in getattr(part, "directives", None) or ():
            meaning = names.meaning(directive)
            if meaning in _UNDERSTOOD:
                found.setdefault(meaning, []).append(directive)
            else:
                applied.append(directive)
    deprecated = [arguments(item) for item in found.get("deprecated", ())]
    return Marks(
        place=report.place(node),
        description=next((text for text in map(description, nodes) if text), ""),
        deprecated=str(deprecated[0].get("reason", _NO_REASON)) if deprecated else None,
        inaccessible="inaccessible" in found,
        tags=tuple(dict.fromkeys(str(arguments(item).get("name", "")) for item in found.get("tag", ()))),
        authenticated="authenticated" in found,
        scopes=_alternatives(found.get("requiresScopes", ()), "scopes"),
        policies=_alternatives(found.get("policy", ()), "policies"),
        labels=tuple(_label(item) for item in found.get("label", ())),
        contexts=tuple(_context(item, report) for item in found.get("context", ())),
        applied=tuple(applied),
    )


def arguments(directive: ConstDirectiveNode) -> dict[str, object]:
    """The arguments of a directive as plain values."""
    return {item.name.value: value_from_ast_untyped(item.value) for item in directive.arguments or ()}


def description(node: Node) -> str:
    """The description of an element; "" when it has none."""
    found = getattr(node, "description", None)
    return found.value if found else ""


def _alternatives(
    directives: Sequence[ConstDirectiveNode], argument: str
) -> tuple[tuple[str, ...], ...] | None:
    """What must hold, as alternatives. The directive stands once: it is not repeatable."""
    if not directives:
        return None
    stated = _listed(arguments(directives[0]).get(argument))
    return tuple(tuple(str(name) for name in _listed(choice)) for choice in stated)


def _listed(value: object) -> list[object]:
    """A list; a single value is a list of one (GraphQL specification, section 3.11, "Input Coercion")."""
    return value if isinstance(value, list) else [value] if value is not None else []


def _context(directive: ConstDirectiveNode, report: Report) -> Context:
    return Context(str(arguments(directive).get("name", "")), report.place(directive))


def _label(directive: ConstDirectiveNode) -> Label:
    stated = arguments(directive)
    return Label(str(stated.get("level", "")), frozenset(map(str, _listed(stated.get("categories")))))

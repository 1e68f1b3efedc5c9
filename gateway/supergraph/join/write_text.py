"""The smallest pieces of SDL: strings, descriptions, applications of directives, values with a type.

Written as text and not through a syntax tree: a composed schema has many thousands of them.
"""

from collections.abc import Iterable, Sequence

from graphql import ConstDirectiveNode, StringValueNode, print_ast

from gateway.supergraph.merge.model import MergedInput
from gateway.supergraph.type_refs import type_text


def quoted(text: str) -> str:
    """A string value on one line (GraphQL specification, section 2.9.4)."""
    return print_ast(StringValueNode(value=text))


def indented(text: str) -> str:
    """Lines one level deeper; a block string keeps its value, since what all its lines share is taken off again."""
    return "  " + text.replace("\n", "\n  ")


def described(description: str, text: str) -> str:
    """A definition with its description before it."""
    if not description:
        return text
    return f"{print_ast(StringValueNode(value=description, block=_is_fit_for_block(description)))}\n{text}"


def _is_fit_for_block(text: str) -> bool:
    """Whether a block string can say the text: it drops blank ends and common indentation, and has no escapes."""
    lines = text.split("\n")
    if (
        any(char < " " and char not in "\t\n" for char in text)
        or not lines[0].strip()
        or not lines[-1].strip()
    ):
        return False
    return len(lines) == 1 or any(line[0] not in " \t" for line in lines if line.strip())


def called(name: str, arguments: Iterable[tuple[str, str]]) -> str:
    """`@name(argument: value, …)`; values are SDL already."""
    inside = ", ".join(f"{argument}: {value}" for argument, value in arguments)
    return f"@{name}({inside})" if inside else f"@{name}"


def applications(directives: Sequence[ConstDirectiveNode]) -> list[str]:
    """Applications of directives as they stand in syntax."""
    return [
        called(node.name.value, ((item.name.value, print_ast(item.value)) for item in node.arguments or ()))
        for node in directives
    ]


def input_value(item: MergedInput, joins: Sequence[str]) -> str:
    """An argument or an input field: `name: Type = default @…`, its description before it."""
    default = f" = {print_ast(item.default)}" if item.default is not None else ""
    text = f"{item.name}: {type_text(item.type)}{default}"
    return described(item.marks.description, " ".join((text, *joins, *applications(item.marks.directives))))


def arguments(items: Iterable[MergedInput]) -> str:
    """`(a: Int, b: Int)`, each on a line of its own where one is described; nothing where there are none."""
    listed = list(items)
    texts = [input_value(item, ()) for item in listed]
    if any(item.marks.description for item in listed):
        return "(\n" + "\n".join(map(indented, texts)) + "\n)"
    return f"({', '.join(texts)})" if texts else ""

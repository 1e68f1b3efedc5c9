"""The documentation holds: its commands run and print what it shows, its links lead somewhere, its codes exist.

In a `console` block, `$ ` begins a command. What follows it is its output, in order; a line `...` stands
for any lines. Commands that need a running gateway are only checked for being commands.
"""

import ast
import json
import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import yaml
from graphql import parse

from gateway.cli import commands
from gateway.errors import Code

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = ROOT / "docs" / "examples"  # commands are run beside them
FINDING_MAKERS = {"Finding", "failure", "_find", "finding", "refused", "add"}
OFFLINE = {"compose", "plan", "schema", "--help"}


class Block(NamedTuple):
    """A fenced block: where it begins, its language, its text."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


class Command(NamedTuple):
    """A command of the documentation with the lines that it is said to print."""

    block: Block
    text: str
    output: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.block} {self.text}"


def blocks() -> Iterator[Block]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for fence in re.finditer(r"^```(\w+)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
            yield Block(page, text.count("\n", 0, fence.start()) + 1, fence[1], fence[2])


def documented() -> Iterator[Command]:
    for block in blocks():
        if block.language == "console":
            for entry in re.split(r"^\$ ", block.text.replace("\\\n", " "), flags=re.MULTILINE)[1:]:
                text, *output = entry.rstrip().splitlines()
                yield Command(block, text, tuple(output))


COMMANDS = list(documented())
READERS: dict[str, Callable[[str], object]] = {"yaml": yaml.safe_load, "json": json.loads, "graphql": parse}
OURS = [command for command in COMMANDS if command.text.startswith("huitong ")]
SAMPLES = [block for block in blocks() if block.language in READERS]


@pytest.mark.parametrize("command", OURS, ids=str)
def test_commands_are_commands(command: Command) -> None:
    words = shlex.split(command.text, comments=True)[1:]
    words = words[: words.index("|")] if "|" in words else words
    level: click.Command | None = commands.huitong
    while isinstance(level, click.Group) and words and not words[0].startswith("-"):
        _, level, words = level.resolve_command(click.Context(level), words)
    assert level is not None
    level.make_context("huitong", words, resilient_parsing="--help" in words)


@pytest.mark.parametrize("command", [one for one in OURS if one.text.split()[1] in OFFLINE], ids=str)
def test_commands_print_what_is_shown(
    command: Command, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shutil.copytree(EXAMPLES, tmp_path / "examples"))
    status = commands.run(shlex.split(command.text, comments=True)[1:])
    printed = capsys.readouterr()
    assert (status, printed.err) == (0, "")
    shown = [r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in command.output]
    assert re.match("".join(shown), printed.out), printed.out


def leaves(command: click.Command, name: str) -> Iterator[str]:
    """The names of all commands that do something."""
    if not isinstance(command, click.Group):
        yield name
        return
    for part, inner in command.commands.items():
        yield from leaves(inner, f"{name} {part}")


def test_every_command_is_in_the_readme() -> None:
    told = re.findall(
        r"^\| `(huitong [a-z ]+)` \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert sorted(told) == sorted(leaves(commands.huitong, "huitong"))


def test_some_commands_are_shown() -> None:
    assert {"plan", "schema", "query"} <= {command.text.split()[1] for command in OURS}


@pytest.mark.parametrize("block", SAMPLES, ids=str)
def test_samples_can_be_read(block: Block) -> None:
    READERS[block.language](block.text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)|(?:src|href)=\"([^\"#]+)\"", page.read_text(encoding="utf-8"))
    targets = [first or second for first, second in links]
    inside = [target for target in targets if not re.match(r"[a-z]+:", target)]
    assert [target for target in inside if not (page.parent / target).exists()] == []


def anchors(page: Path) -> set[str]:
    """The names by which a page's headings can be linked to."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_to_headings_lead_to_one(page: Path) -> None:
    links = re.findall(r"\]\(([\w./-]*\.md)?#([^)\s]+)\)", page.read_text(encoding="utf-8"))
    wrong = [
        (target, anchor)
        for target, anchor in links
        if anchor not in anchors((page.parent / target) if target else page)
    ]
    assert wrong == []


@pytest.mark.parametrize("code", Code, ids=lambda code: code.value)
def test_every_code_is_explained(code: Code) -> None:
    assert f"| `{code.value}` |" in (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")


def test_no_code_is_explained_that_does_not_exist() -> None:
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8").split("## Status codes")[0]
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", text, re.MULTILINE)) == {code.value for code in Code}


def operator_codes() -> set[str]:
    """The codes that findings are made with, wherever the gateway makes one."""
    codes: set[str] = set()
    for path in (ROOT / "gateway").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = (
                    node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                )
                value = node.args[0].value
                if name in FINDING_MAKERS and isinstance(value, str) and re.fullmatch(r"[A-Z][A-Z_]+", value):
                    codes.add(value)
            elif isinstance(node, ast.AnnAssign | ast.Assign) and isinstance(node.value, ast.Constant):
                targets = [node.target] if isinstance(node, ast.AnnAssign) else node.targets
                if any(getattr(target, "id", "").strip("_") == "CODE" for target in targets):
                    codes.add(str(node.value.value))
    return codes


def test_every_code_of_the_command_line_is_explained() -> None:
    pages = (ROOT / "docs" / "errors.md", ROOT / "docs" / "errors" / "hints.md")
    told = {code for page in pages for code in re.findall(r"`([A-Z_]+)`", page.read_text(encoding="utf-8"))}
    assert operator_codes() - told == set()
    assert {"POLICY", "SETTINGS_INVALID", "SATISFIABILITY_ERROR", "ADDRESS_UNAVAILABLE"} <= operator_codes()

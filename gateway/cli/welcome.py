"""What a user reads when the demo has started: where it is, who to be, what to try, what to break."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from gateway.cli.city import Prepared
from gateway.cli.places import DEMO
from gateway.cli.supervisor import Service

_TRIES: Final = (("move-house", "clerk"), ("move-house", "citizen"), ("household", "registrar"))


def welcome(console: Console, prepared: Prepared, url: str, services: Sequence[Service]) -> None:
    """Print it."""
    console.print()
    console.print("汇通 Huitong", style="bold green")
    for what, where in (
        ("网页 Page", f"{url}/"),
        ("GraphQL", f"{url}/graphql"),
        ("数据 Data", prepared.directory),
    ):
        console.print(f"  {what}  {where}", markup=False)
    console.print(_departments(prepared, services))
    console.print(_personas(prepared))
    _tokens(console, prepared)
    console.print("试一试 / Try", style="bold")
    for line in _tries(prepared):
        console.print(f"  {line}", markup=False)
    console.print("停一个部门再恢复 / Stop a department, start it again", style="bold")
    for line in _breaks(prepared, services):
        console.print(f"  {line}", markup=False)
    console.print("Ctrl-C 停止全部 / Ctrl-C stops everything", style="bold")


def _departments(prepared: Prepared, services: Sequence[Service]) -> Table:
    table = _table("部门 Department", "在 At", "进程 Process", "日志 Log")
    running = {service.source: service for service in services}
    for department in prepared.config.departments:
        service = running.get(department.source)
        if service is None:
            table.add_row(department.source, "SQLite", "", "")
        else:
            table.add_row(department.source, service.url, str(service.pid), f"{department.source}.log")
    return table


def _personas(prepared: Prepared) -> Table:
    table = _table("身份 Persona", "", "用途 Purpose", "本例 Present id")
    for persona in prepared.personas:
        title = " / ".join(persona.title.values())
        table.add_row(persona.name, title, persona.purpose, persona.ids["present"])
    return table


def _table(*columns: str) -> Table:
    """A table without lines, whose cells are never cut: they are there to be copied."""
    table = Table(box=None, padding=(0, 2, 0, 2), header_style="bold")
    for column in columns:
        table.add_column(column, no_wrap=True)
    return table


def _tokens(console: Console, prepared: Prepared) -> None:
    """Each token whole and on one line, to be copied."""
    console.print("令牌 / Tokens", style="bold")
    for persona in prepared.personas:
        console.print(f"  {persona.name}: {persona.token or '-'}", markup=False)


def _tries(prepared: Prepared) -> Iterator[str]:
    huitong = _huitong()
    for example, persona in _TRIES:
        yield f"{huitong} query {example} --as {persona}{_dir(prepared.directory)}"


def _breaks(prepared: Prepared, services: Sequence[Service]) -> Iterator[str]:
    for service in services:
        yield f"kill {service.pid}    # {service.source}"
    yield f"kill -USR1 {os.getpid()}    # 重启已停的部门 / starts what has ended again"
    for department in prepared.config.departments:
        if department.module is None:
            file = shlex.quote(str(prepared.directory / f"{department.source}.sqlite"))
            yield f"mv {file} {file}.away    # {department.source}; 移回即恢复 / move it back"


def _huitong() -> str:
    """How this user calls the command, as short as it goes."""
    if shutil.which("huitong"):
        return "huitong"
    path = os.path.abspath(sys.argv[0])
    return shlex.quote(min(path, os.path.relpath(path), key=len))


def _dir(directory: Path) -> str:
    return "" if directory == DEMO.absolute() else f" --dir {shlex.quote(str(directory))}"

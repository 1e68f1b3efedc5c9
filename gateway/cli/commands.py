"""The commands and their options. What a command does is imported when it runs, so that each starts fast."""

import sys
from pathlib import Path

import click
from click.core import ParameterSource

from gateway.cli.failures import INTERRUPTED, WRONG_USAGE, report, report_unexpected
from gateway.cli.places import DEMO, SETTINGS
from gateway.errors import ConfigurationError, Finding

_DIRECTORY = click.option(
    "--dir", "directory", type=click.Path(file_okay=False, path_type=Path), default=DEMO, show_default=True,
    help="演示城市的文件夹 / the demo's folder",
)  # fmt: skip
_CONFIG = click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), default=SETTINGS,
    help="配置文件 / the settings file",
)  # fmt: skip
_SUPERGRAPH = click.option(
    "--supergraph", type=click.Path(dir_okay=False, path_type=Path),
    help="合成好的超图 / a composed supergraph",
)  # fmt: skip
_OVERRIDE_LABELS = click.option(
    "--override-label", "override_labels", metavar="LABEL", multiple=True,
    help="生效的 @override 标签，可重复 / a label of @override that is active; may be repeated",
)  # fmt: skip
_PERSONA = click.option(
    "--as", "persona", default="anonymous", show_default=True, help="以谁的身份 / who asks"
)
_PURPOSE = click.option("--purpose", help="用途 / the purpose of asking")
_PORT = click.IntRange(0, 65_535)


def main() -> None:
    """The console script: runs a command and exits with its status."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command. Returns its exit status; errors are printed on stderr, one a line."""
    try:
        status = huitong.main(arguments, prog_name="huitong", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return WRONG_USAGE
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "huitong"
        report([Finding("USAGE", error.format_message().rstrip("."), f"see `{command} --help`")])
        return WRONG_USAGE
    except ConfigurationError as error:
        report(error.findings)
        return 1
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        report_unexpected(error)
        return 1


@click.group(no_args_is_help=True)
def huitong() -> None:
    """汇通：多个部门的数据，一个 GraphQL / Huitong: the data of many departments as one GraphQL schema."""


@huitong.command()
@_DIRECTORY
@click.option(
    "--people", type=click.IntRange(min=1), default=5_000, show_default=True, help="人数 / how many people"
)
@click.option("--seed", type=int, default=1, show_default=True, help="随机种子 / which city")
@click.option("--port", type=_PORT, help="端口，默认 8080，0 为任意 / port, 8080 by default, 0 for any")
@click.option("--host", default="127.0.0.1", show_default=True, help="监听地址 / address to listen on")
@click.option(
    "--check", is_flag=True, help="核对全部答案后退出 / compare all answers with what is right, and stop"
)
def demo(directory: Path, people: int, seed: int, port: int | None, host: str, check: bool) -> int:
    """启动演示城市 / Start the example city: three departments and a gateway."""
    from gateway.cli.demo import demo_command

    return demo_command(directory, people, seed, host, port, check)


@huitong.command()
@_CONFIG
@_SUPERGRAPH
@_OVERRIDE_LABELS
@click.option(
    "--open", "is_open", is_flag=True, help="不设策略与身份 / without policy and identity: anybody may ask"
)
@click.option("--port", type=_PORT, help="端口，0 为任意 / port, 0 for any")
@click.option("--host", help="监听地址 / address to listen on")
@click.option("--dev", is_flag=True, help="信任演示的令牌 / believe the demo's tokens, offer its personas")
@_DIRECTORY
@click.pass_context
def serve(
    context: click.Context,
    config: Path,
    supergraph: Path | None,
    override_labels: tuple[str, ...],
    is_open: bool,
    port: int | None,
    host: str | None,
    dev: bool,
    directory: Path,
) -> int:
    """运行网关 / Run a gateway from its settings, or from a composed supergraph."""
    from gateway.cli.serving import serve_command, serve_open_command

    _need_supergraph(supergraph, override_labels)
    if supergraph is None and not is_open:
        return serve_command(config, host, port, dev, directory)
    if supergraph is None:
        raise click.UsageError("--open needs --supergraph FILE: a deployment with settings has a policy")
    if not is_open:
        raise click.UsageError(
            "--supergraph needs --open; with a policy, name the file as `supergraph:` in gateway.yaml"
        )
    _refuse_beside_supergraph(context, "config", "dev")
    return serve_open_command(supergraph, frozenset(override_labels), host, port)


@huitong.command()
@click.argument("query")
@click.option(
    "--variables", help='JSON，"$present" 等为此身份的编号 / JSON; "$present" etc. are the persona\'s ids'
)
@_PERSONA
@_PURPOSE
@_DIRECTORY
@click.option("--url", help="另一个网关 / another gateway than the demo's")
def query(
    query: str, variables: str | None, persona: str, purpose: str | None, directory: Path, url: str | None
) -> int:
    """查询运行中的网关 / Ask a running gateway; QUERY: text, a file, an example, or - (stdin)."""
    from gateway.cli.asking import query_command

    return query_command(query, variables, persona, purpose, directory, url)


@huitong.command()
@click.argument("query")
@_PERSONA
@_PURPOSE
@_CONFIG
@_SUPERGRAPH
@_OVERRIDE_LABELS
@click.option(
    "--format", "form", type=click.Choice(["text", "mermaid"]), default="text", show_default=True,
    help="文字或 Mermaid 图 / as text, or as a diagram for Mermaid",
)  # fmt: skip
@_DIRECTORY
@click.pass_context
def plan(
    context: click.Context,
    query: str,
    persona: str,
    purpose: str | None,
    config: Path,
    supergraph: Path | None,
    override_labels: tuple[str, ...],
    form: str,
    directory: Path,
) -> int:
    """显示查询计划，不问任何部门 / Show how a query would be answered; no department is asked."""
    from gateway.cli.offline import plan_command, plan_open_command

    _need_supergraph(supergraph, override_labels)
    if supergraph is None:
        return plan_command(query, persona, purpose, config, directory, form)
    _refuse_beside_supergraph(context, "persona", "purpose", "config")
    return plan_open_command(query, supergraph, frozenset(override_labels), form)


@huitong.command()
@click.option("--as", "persona", required=True, help="谁的令牌 / whose token")
@_DIRECTORY
def token(persona: str, directory: Path) -> int:
    """打印令牌 / Print a persona's token, and nothing else."""
    from gateway.cli.asking import token_command

    return token_command(directory, persona)


@huitong.command()
@click.argument("sources", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path),
    help="写入的文件，默认打印 / the file to write, printed by default",
)  # fmt: skip
def compose(sources: Path, out: Path | None) -> int:
    """合成超图 / Compose the schemas of SOURCES (JSON: name, url, sdl of each) into one supergraph."""
    from gateway.cli.composing import compose_command

    return compose_command(sources, out)


@huitong.group(no_args_is_help=True)
def schema() -> None:
    """模式 / The public schema."""


@schema.command(name="print")
@_CONFIG
@_SUPERGRAPH
@_DIRECTORY
@click.pass_context
def print_schema(context: click.Context, config: Path, supergraph: Path | None, directory: Path) -> int:
    """打印公开的 SDL / Print the public schema as SDL; no department is asked."""
    from gateway.cli.offline import print_schema_command, print_supergraph_command

    if supergraph is None:
        return print_schema_command(config, directory)
    _refuse_beside_supergraph(context, "config")
    return print_supergraph_command(supergraph)


@schema.command()
@click.argument("old", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("new", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True,
    help="文字或 JSON / as text or as JSON",
)  # fmt: skip
def diff(old: Path, new: Path, form: str) -> int:
    """比较两个模式 / Compare two schemas (SDL, introspection in JSON, supergraphs); exit status 1: something breaks."""
    from gateway.cli.composing import diff_command

    return diff_command(old, new, form)


def _need_supergraph(supergraph: Path | None, override_labels: tuple[str, ...]) -> None:
    if supergraph is None and override_labels:
        raise click.UsageError(
            "--override-label needs --supergraph FILE; with settings, list labels as `override_labels:` in gateway.yaml"
        )


def _refuse_beside_supergraph(context: click.Context, *names: str) -> None:
    """A supergraph that a command is given has no settings, no policy and no personas."""
    for option in context.command.params:
        if option.name in names and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--supergraph goes without {option.opts[0]}")

"""A plan for people: a tree of fetches, each below the one that it waits for longest."""

from collections.abc import Iterable, Iterator

from connectors.base import ALWAYS, Argument, Condition, Directive, FieldSelection, InputField, RowFilter
from gateway.planning.plan import Entry, FetchNode, QueryPlan, Step, types_of


def plan_text(plan: QueryPlan) -> str:
    """The plan as a tree: stable, and without any value of a request. Depth in the tree is the step."""
    lines = [_headline(plan)]
    below = _below(plan)
    for position, node in enumerate(below[None]):
        lines += _branch(node, below, "", position == len(below[None]) - 1)
    lines += [f"denied: {denial.place.coordinate} at {'.'.join(denial.place.response_path)} ({denial.reason.value})"
              for denial in plan.denials]  # fmt: skip
    if plan.masked:
        lines.append("masked: " + ", ".join(plan.masked))
    if plan.conditional:
        lines.append("conditional: " + ", ".join(plan.conditional))
    return "\n".join(lines) + "\n"


def _headline(plan: QueryPlan) -> str:
    if not plan.nodes:
        return "nothing is fetched"
    return f"{_counted(plan.depth, 'dependent step')}, {_counted(len(plan.nodes), 'fetch', 'es')}"


def _counted(number: int, noun: str, plural: str = "s") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{plural}"


def _below(plan: QueryPlan) -> dict[int | None, list[FetchNode]]:
    """The nodes to show below each node: those of whose dependencies it is the last to end."""
    levels: dict[int, int] = {}
    below: dict[int | None, list[FetchNode]] = {None: []}
    for node in plan.nodes:
        last = max(node.depends_on, key=lambda other: (levels[other], other), default=None)
        levels[node.id] = 1 if last is None else levels[last] + 1
        below.setdefault(last, []).append(node)
    return below


def _branch(
    node: FetchNode, below: dict[int | None, list[FetchNode]], indent: str, is_last: bool
) -> Iterator[str]:
    children = below.get(node.id, [])
    first, *rest = _node_lines(node)
    inside = indent + ("   " if is_last else "│  ")
    yield f"{indent}{'└─' if is_last else '├─'} {first}"
    for line in rest:
        yield f"{inside}{'│' if children else ' '}    {line}"
    for position, child in enumerate(children):
        yield from _branch(child, below, inside, position == len(children) - 1)


def _node_lines(node: FetchNode) -> Iterator[str]:
    spec = node.spec
    after = (
        f", after {', '.join(f'#{other}' for other in sorted(node.depends_on))}" if node.depends_on else ""
    )
    yield f"#{node.id} {spec.source}: {'; '.join(map(_entry_text, node.entries))}{after}"
    if not spec.rows.is_everything:
        yield f"rows: {rows_text(spec.rows)}"
    if not node.cells.is_everything:
        yield f"only where: {rows_text(node.cells)}"
    if node.condition != ALWAYS:
        yield f"if: {condition_text(node.condition)}"
    if spec.directives:
        yield f"with{_applied(spec.directives)}"
    yield selections_text(spec.selections, types_of(spec.selections))


def _entry_text(entry: Entry) -> str:
    """What is asked for at one position: `User by id, at users.friends`; a root type stands by itself."""
    where = f", at {position_text(entry.position)}" if entry.position else ""
    if not entry.inputs and not entry.position:
        return "the root"
    types = entry.sent_as or "|".join(sorted(entry.position[-1].types))
    keys = (entry.inputs, *entry.fallbacks)
    key = ", else by ".join(" ".join(input_text(part) for part in inputs) for inputs in keys)
    lacking = " and ".join(" ".join(map(input_text, inputs)) for inputs in entry.unless)
    where += f" where {lacking} is null" if lacking else ""
    return f"{types} by {key}{where}" if key else f"{types}{where}"


def input_text(part: InputField) -> str:
    """A field of a representation as a field set."""
    inner = " ".join(input_text(child) for child in part.children)
    text = f"{part.field} {{ {inner} }}" if inner else part.field
    return text if part.types is None else f"... on {'|'.join(sorted(part.types))} {{ {text} }}"


def position_text(position: tuple[Step, ...]) -> str:
    """A position as raw keys joined by dots."""
    return ".".join(step.raw for step in position)


def rows_text(rows: RowFilter) -> str:
    """A row filter by the names of its guards."""
    if rows.is_everything:
        return "all"
    return " or ".join(" and ".join(term.guard for term in terms) for terms in rows.any_of) or "none"


def condition_text(condition: Condition) -> str:
    """A condition as a client would say it."""
    alternatives = sorted(sorted(terms) for terms in condition.any_of)
    return " or ".join(
        " and ".join(f"{'' if wanted else 'not '}${name}" for name, wanted in terms) for terms in alternatives
    )


def selections_text(selections: tuple[FieldSelection, ...], parents: frozenset[str]) -> str:
    """Selections on one line, in GraphQL's manner."""
    return "{ " + " ".join(_selection_text(item, parents) for item in selections) + " }"


def _selection_text(item: FieldSelection, parents: frozenset[str]) -> str:
    text = item.field
    text += _called(item.arguments) + _applied(one for one in item.directives if not one.around)
    if item.condition != ALWAYS:
        text += f" [if {condition_text(item.condition)}]"
    if not item.rows.is_everything:
        text += f" [{rows_text(item.rows)}]"
    if item.children:
        text += " " + selections_text(item.children, types_of(item.children))
    for one in reversed([one for one in item.directives if one.around]):
        text = f"...{_applied([one])} {{ {text} }}"
    return text if item.types >= parents else f"... on {'|'.join(sorted(item.types))} {{ {text} }}"


def _called(arguments: Iterable[Argument]) -> str:
    said = ", ".join(f"{argument.name}: ${argument.variable}" for argument in arguments)
    return f"({said})" if said else ""


def _applied(directives: Iterable[Directive]) -> str:
    return "".join(
        f" @{one.name}{_called(one.arguments)}"
        + ("" if one.condition == ALWAYS else f" [if {condition_text(one.condition)}]")
        for one in directives
    )

"""A plan for people: one block for each fetch, in order of steps, with what it waits for and why."""

from collections.abc import Iterator

from connectors.base import ALWAYS, Condition, FieldSelection, RowFilter
from gateway.planning.plan import FetchNode, QueryPlan, Step


def plan_text(plan: QueryPlan) -> str:
    """The plan as text: stable, one fetch a block, without any value of a request."""
    levels = node_levels(plan)
    if not plan.nodes:
        lines = ["nothing is fetched"]
    else:
        lines = [f"{_counted(plan.depth, 'dependent step')}, {_counted(len(plan.nodes), 'fetch', 'es')}"]
    for level in range(1, plan.depth + 1):
        lines.append(f"step {level}")
        for node in plan.nodes:
            if levels[node.id] == level:
                lines += [f"  {line}" for line in _node_lines(node)]
    lines += [f"denied: {denial.place.coordinate} at {'.'.join(denial.place.response_path)} ({denial.reason.value})"
              for denial in plan.denials]  # fmt: skip
    if plan.masked:
        lines.append("masked: " + ", ".join(plan.masked))
    if plan.conditional:
        lines.append("conditional: " + ", ".join(plan.conditional))
    return "\n".join(lines) + "\n"


def _counted(number: int, noun: str, plural: str = "s") -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}{plural}"


def node_levels(plan: QueryPlan) -> dict[int, int]:
    """The step in which each node runs, from 1, by node id."""
    levels: dict[int, int] = {}
    for node in plan.nodes:
        levels[node.id] = 1 + max((levels[other] for other in node.depends_on), default=0)
    return levels


def _node_lines(node: FetchNode) -> Iterator[str]:
    spec = node.spec
    key = " ".join(part.field for part in spec.inputs)
    after = (
        f", after {', '.join(f'#{other}' for other in sorted(node.depends_on))}" if node.depends_on else ""
    )
    yield f"#{node.id} {spec.source}: {spec.type_name} by {key}, at {position_text(node.position)}{after}"
    if not spec.rows.is_everything:
        yield f"   rows: {rows_text(spec.rows)}"
    if not node.cells.is_everything:
        yield f"   only where: {rows_text(node.cells)}"
    if node.condition != ALWAYS:
        yield f"   if: {condition_text(node.condition)}"
    yield "   " + selections_text(spec.selections, frozenset({spec.type_name}))


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
    if item.arguments:
        text += "(" + ", ".join(f"{argument.name}: ${argument.variable}" for argument in item.arguments) + ")"
    if item.condition != ALWAYS:
        text += f" [if {condition_text(item.condition)}]"
    if not item.rows.is_everything:
        text += f" [{rows_text(item.rows)}]"
    if item.children:
        text += " " + selections_text(
            item.children, frozenset[str]().union(*(child.types for child in item.children))
        )
    return text if item.types >= parents else f"... on {'|'.join(sorted(item.types))} {{ {text} }}"

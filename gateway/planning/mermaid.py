"""A plan as a picture: a Mermaid flowchart, one box a fetch, one arrow a dependency."""

from connectors.base import FetchKind
from gateway.planning.plan import FetchNode, QueryPlan
from gateway.planning.printing import condition_text, position_text

MAX_FIELDS = 12
"""Fields named in one box; what is more is counted."""


def plan_mermaid(plan: QueryPlan) -> str:
    """The plan as Mermaid text: stable, and without any value of a request."""
    lines = ["flowchart LR", '  request(["request"])', '  answer(["answer"])']
    awaited = frozenset[int]().union(*(node.depends_on for node in plan.nodes))
    for node in plan.nodes:
        lines.append(f'  f{node.id}["{_box(node)}"]')
        lines += [f"  f{other} --> f{node.id}" for other in sorted(node.depends_on)]
        if not node.depends_on:
            lines.append(f"  request --> f{node.id}")
        if node.id not in awaited:
            lines.append(f"  f{node.id} --> answer")
    if not plan.nodes:
        lines.append("  request --> answer")
    return "\n".join(lines) + "\n"


def _box(node: FetchNode) -> str:
    spec = node.spec
    lines = [f"#{node.id} {spec.source}"]
    if spec.kind is FetchKind.ENTITIES:
        lines += [
            f"{entry.sent_as or '|'.join(sorted(entry.position[-1].types))} at {position_text(entry.position)}"
            for entry in node.entries
        ]
    names = list(dict.fromkeys(selection.field for selection in spec.selections))
    more = len(names) - MAX_FIELDS
    lines.append(" ".join(names[:MAX_FIELDS]) + (f" and {more} more" if more > 0 else ""))
    if len(node.condition.any_of) != 1 or next(iter(node.condition.any_of)):
        lines.append(f"if {condition_text(node.condition)}")
    return "<br/>".join(line.replace('"', "'") for line in lines)

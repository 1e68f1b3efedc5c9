"""What is said beside a definition (descriptions, deprecation, tags, security, …), merged over the sources."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace

from graphql import (
    DEFAULT_DEPRECATION_REASON,
    ConstArgumentNode,
    ConstDirectiveNode,
    ConstListValueNode,
    ConstValueNode,
    NameNode,
    StringValueNode,
)

from gateway.supergraph.merge.composed import ComposedDirectives
from gateway.supergraph.merge.contexts import context_name
from gateway.supergraph.merge.costs import costs_of, merged_cost
from gateway.supergraph.merge.literals import value_of
from gateway.supergraph.merge.model import JoinDirective, MergedMarks
from gateway.supergraph.merge.names import CACHE_TAG, DirectiveNames
from gateway.supergraph.merge.requirements import Alternatives, all_of
from gateway.supergraph.merge.sources import commonest
from gateway.supergraph.source.model import Marks, SourceType


class MarkMerger:
    """Merges marks, and keeps which of the federation's directives stand anywhere.

    `used`: directive of the specification → the sources that apply it. `called`: → its name in the composed
    schema, that of the first source that applies it.
    """

    def __init__(self, names: DirectiveNames, composed: ComposedDirectives) -> None:
        self.names = names
        self.composed = composed
        self.used: dict[str, set[str]] = {}
        self.called: dict[str, str] = {}

    def merge(self, said: Mapping[str, Marks], types: Iterable[SourceType] = ()) -> MergedMarks:
        """The marks of one element; `types` are the sources' own types where the element is a type."""
        if not said:
            return MergedMarks()
        every = list(said.values())
        bare = MergedMarks(
            description=description_of(every),
            deprecated=commonest_of(marks.deprecated for marks in every),
            inaccessible=any(marks.inaccessible for marks in every),
            tags=tuple(dict.fromkeys(tag for marks in every for tag in marks.tags)),
            authenticated=any(marks.authenticated for marks in every),
            scopes=all_of(marks.scopes for marks in every if marks.scopes is not None),
            policies=all_of(marks.policies for marks in every if marks.policies is not None),
            contexts=tuple(
                dict.fromkeys(
                    context_name(source, one.name) for source, marks in said.items() for one in marks.contexts
                )
            ),
            labels=tuple((source, label) for source, marks in said.items() for label in marks.labels),
        )
        plain = not any(marks.applied for marks in every) and bare == MergedMarks(bare.description)
        if not plain:
            self._note(said)
        directives = () if plain else (*self._carried(bare), *self._costs(said), *self.composed.applied(said))
        return _with(bare, (*directives, *_of_types(types)), () if plain else self._joined(said))

    def rewritten(self, marks: MergedMarks) -> MergedMarks:
        """The marks, with directives as they now say; composed ones and those of types remain."""
        carried = {"deprecated", *self.called.values()}
        others = tuple(node for node in marks.directives if node.name.value not in carried)
        return _with(marks, (*self._carried(marks), *others), marks.joined)

    def _carried(self, marks: MergedMarks) -> list[ConstDirectiveNode]:
        found = []
        if marks.deprecated is not None:
            found.append(_deprecated(marks.deprecated))
        found += [directive(self.called["tag"], name=string(tag)) for tag in marks.tags]
        if marks.inaccessible:
            found.append(directive(self.called["inaccessible"]))
        if marks.authenticated:
            found.append(directive(self.called["authenticated"]))
        if marks.scopes is not None:
            found.append(directive(self.called["requiresScopes"], scopes=_groups(marks.scopes)))
        if marks.policies is not None:
            found.append(directive(self.called["policy"], policies=_groups(marks.policies)))
        found += [directive(self.called["context"], name=string(name)) for name in marks.contexts]
        return found

    def _costs(self, said: Mapping[str, Marks]) -> list[ConstDirectiveNode]:
        found = []
        for name, applied in costs_of(said, self.names).items():
            for source, _ in applied:
                self._use(name, source)
            found.append(merged_cost(name, [node for _, node in applied], self.called[name]))
        return found

    def _joined(self, said: Mapping[str, Marks]) -> tuple[JoinDirective, ...]:
        found: dict[Hashable, JoinDirective] = {}
        for source, marks in said.items():
            for node in marks.applied:
                if node.name.value == self.names.of(CACHE_TAG, source):
                    self._use(CACHE_TAG, source)
                    arguments = tuple(node.arguments or ())
                    same = frozenset((item.name.value, value_of(item.value)) for item in arguments)
                    known = found.get(same) or JoinDirective((), f"federation__{CACHE_TAG}", arguments)
                    found[same] = replace(known, sources=(*dict.fromkeys((*known.sources, source)),))
        return tuple(found.values())

    def _note(self, said: Mapping[str, Marks]) -> None:
        for source, marks in said.items():
            for name in carried_by(marks):
                self._use(name, source)

    def _use(self, name: str, source: str) -> None:
        self.used.setdefault(name, set()).add(source)
        self.called.setdefault(name, self.names.of(name, source))


def carried_by(marks: Marks) -> list[str]:
    """The federation's directives that one source applies to an element, by the specification's names."""
    said = {
        "tag": marks.tags,
        "inaccessible": marks.inaccessible,
        "authenticated": marks.authenticated,
        "requiresScopes": marks.scopes is not None,
        "policy": marks.policies is not None,
        "context": marks.contexts,
    }
    return [name for name, applied in said.items() if applied]


def description_of(every: Sequence[Marks]) -> str:
    """The description that most sources give, the first of those that as many give."""
    return commonest_of(marks.description or None for marks in every) or ""


def commonest_of(said: Iterable[str | None]) -> str | None:
    """The text that most sources give, the first of those that as many give; None where none gives any."""
    given = [text for text in said if text is not None]
    return commonest(given) if given else None


def directive(name: str, /, **arguments: ConstValueNode) -> ConstDirectiveNode:
    """An application of a directive."""
    return ConstDirectiveNode(
        name=NameNode(value=name),
        arguments=tuple(
            ConstArgumentNode(name=NameNode(value=key), value=value) for key, value in arguments.items()
        ),
    )


def string(text: str) -> ConstValueNode:
    """A string literal."""
    return StringValueNode(value=text, block=False)


def _deprecated(reason: str) -> ConstDirectiveNode:
    if reason == DEFAULT_DEPRECATION_REASON:
        return directive("deprecated")
    return directive("deprecated", reason=string(reason))


def _groups(alternatives: Alternatives) -> ConstValueNode:
    return ConstListValueNode(
        values=tuple(
            ConstListValueNode(values=tuple(string(name) for name in group)) for group in alternatives
        )
    )


def _of_types(types: Iterable[SourceType]) -> list[ConstDirectiveNode]:
    every = list(types)
    url = commonest_of(type_.specified_by for type_ in every)
    found = [directive("specifiedBy", url=string(url))] if url is not None else []
    if any(type_.one_of for type_ in every):
        found.append(directive("oneOf"))
    return found


def _with(
    marks: MergedMarks, directives: tuple[ConstDirectiveNode, ...], joined: tuple[JoinDirective, ...] = ()
) -> MergedMarks:
    return replace(marks, directives=directives, joined=joined) if directives or joined else marks

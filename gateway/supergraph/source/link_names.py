"""The names that a link gives to what its specification defines: each means one thing.

Apollo's link specification v1.0: an element is called as it is imported, else `namespace__name`; the directive that
is called like its specification is called `namespace`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from graphql import ConstDirectiveNode

from gateway.supergraph.source.link_urls import NAME, own_name, stated_version
from gateway.supergraph.source.model import Link
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.specification import (
    COSTS,
    FEDERATION,
    LINK,
    SINGLE_DIRECTIVES,
    SPECS,
    federation_directives,
    federation_types,
)

USAGE = "INVALID_LINK_DIRECTIVE_USAGE"

_ALIAS = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*\Z")
_OF_THE_FEDERATION = frozenset({COSTS, *SINGLE_DIRECTIVES})
_USED = frozenset({FEDERATION, LINK, *_OF_THE_FEDERATION})
"""Specifications whose elements have to have names."""
_COMPLETED = {SPECS + name: f"federation__{name}" for name in ("tag", "inaccessible")}
"""What libraries call these specifications in schemas that they complete."""
_RENAME = "give one of the two another name with `as:`"
_RENAME_IMPORT = "import it by another name with `as:`"
_SHOWN = 80

_Wrong = tuple[str, str]  # what is wrong, and how to mend it


def read_namespace(
    given: object, identity: str, imports: Mapping[str, str], directive: ConstDirectiveNode, report: Report
) -> str | None:
    """What a schema calls a specification; "" where nothing can be named after it (`my-spec`). None: a finding."""
    name = own_name(identity) if given is None else given
    if isinstance(name, str) and _COMPLETED.get(identity) == name and not imports:
        return name
    if not isinstance(name, str) or not _ALIAS.match(name) or "__" in name or name.endswith("_"):
        report.add(USAGE, f"a @link calls its specification {str(name)[:_SHOWN]!r}, which is no name, holds `__` or ends"
                   " with `_`", "write a plain name after `as:`", directive)  # fmt: skip
        return None
    if identity in _USED and not NAME.match(name):
        report.add(USAGE, f"a @link calls its specification {name[:_SHOWN]!r}, and no directive can be called after that",
                   "write a plain name after `as:`", directive)  # fmt: skip
        return None
    return name if NAME.match(name) else ""


def names_fit(link: Link, others: Sequence[Link], directive: ConstDirectiveNode, report: Report) -> bool:
    """True when each name of a link means one thing, beside the links before it, and what it imports is there."""
    wrong = [
        *_own_clashes(link),
        *(clash for other in others for clash in _clashes(link, other)),
        *_unknown(link),
    ]
    for message, remedy in wrong:
        report.add(USAGE, message, remedy, directive)
    return not wrong


def _own_clashes(link: Link) -> Iterator[_Wrong]:
    """An import takes no name of another element of its own specification."""
    by_name: dict[str, str] = {}
    for name, called in link.imports.items():
        shown = _shown(name, called)
        meant = _full_meaning(link, called)
        if meant is not None and meant != name:
            yield (
                f"{shown} is imported, which is what {link.identity[:_SHOWN]} calls its {meant[:_SHOWN]}",
                _RENAME_IMPORT,
            )
        elif by_name.setdefault(called, name) != name:
            yield f"{shown} is imported, and {_shown(by_name[called], called)} too", _RENAME


def _clashes(link: Link, other: Link) -> Iterator[_Wrong]:
    """No two links give one name, or names that may mean elements of each other. Tells the first clash."""
    if other.identity == link.identity:
        yield f"{_short(link)} is linked twice, here and at {other.place}", "keep one of the two @link"
        return
    remedy = _apart(link, other)
    if link.namespace and other.namespace == link.namespace:
        yield f"{_short(link)} is called {link.namespace!r}, as is what {other.place} links", remedy
        return
    for name, called in link.imports.items():
        if called in other.imports.values():
            yield f"{_shown(name, called)} is imported, which {other.place} imports too", remedy
            return
        if _full_meaning(other, called) is not None:
            yield (
                f"{_shown(name, called)} is imported, which may mean {_short(other)}, called {other.namespace!r}",
                remedy,
            )
            return
    for name, called in other.imports.items():
        if _full_meaning(link, called) is not None:
            yield (
                f"{_short(link)} is called {link.namespace!r}, and {other.place} imports {_shown(name, called)}, which may"
                " mean it",
                remedy,
            )
            return


def _apart(link: Link, other: Link) -> str:
    """How two links are told apart; one of a directive that the federation has too is not needed."""
    identities = {link.identity, other.identity}
    spare = next((one for one in identities if one in _OF_THE_FEDERATION), None)
    if spare and FEDERATION in identities:
        return f"take the link to {spare} out, and import what it defines from {FEDERATION}"
    return _RENAME


def _full_meaning(link: Link, called: str) -> str | None:
    """Which element of a specification has the name `called` where it is not imported; None: that is no such name."""
    mark, name = ("@", called[1:]) if called.startswith("@") else ("", called)
    if mark and link.namespace and name == link.namespace:
        return mark + own_name(link.identity)
    namespace, separator, element = name.partition("__")
    return mark + element if separator and link.namespace and namespace == link.namespace else None


def replaced_names(link: Link) -> Iterator[tuple[str, str]]:
    """The full name of each element that is imported by another one, and that one."""
    for name, called in link.imports.items():
        mark, bare = ("@", name[1:]) if name.startswith("@") else ("", name)
        alone = mark and bare == own_name(link.identity)
        full = mark + (link.namespace if alone else f"{link.namespace}__{bare}")
        if link.namespace and full != called:
            yield full, called


def _unknown(link: Link) -> Iterator[_Wrong]:
    known = _importable(link)
    for name in link.imports if known is not None else ():
        if known is not None and name not in known:
            meant = f"@{name}" if f"@{name}" in known else None
            yield (
                f"a @link imports {name[:_SHOWN]}, which {link.identity}/{link.version} does not have",
                f"write {meant}"
                if meant
                else "take it out, or link a version of the specification that has it",
            )


def _importable(link: Link) -> frozenset[str] | None:
    """What can be imported from a specification; None when we do not know it."""
    if link.identity == FEDERATION:
        version = stated_version(link.version)
        return frozenset(f"@{name}" for name in federation_directives(version)) | federation_types(version)
    if link.identity == LINK:
        return frozenset({"@link", "Import", "Purpose"})
    if link.identity == COSTS:
        return frozenset({"@cost", "@listSize"})
    single = SINGLE_DIRECTIVES.get(link.identity)
    return frozenset({f"@{single}", "Scope", "Policy"}) if single else None


def _shown(name: str, called: str) -> str:
    return name[:_SHOWN] if name == called else f"{name[:_SHOWN]} as {called[:_SHOWN]}"


def _short(link: Link) -> str:
    return link.identity[:_SHOWN]

"""The specifications that a schema links, and the names that it gives to what they define.

Apollo's link specification v1.0, https://specs.apollo.dev/link/v1.0.
"""

from collections.abc import Iterator, Mapping

from graphql import ConstDirectiveNode, DocumentNode, value_from_ast_untyped

from gateway.supergraph.source.link_names import USAGE, names_fit, read_namespace
from gateway.supergraph.source.link_urls import NAME, stated_version, take_apart
from gateway.supergraph.source.model import Link, SourcePlace
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.specification import (
    CONNECT,
    FEDERATION,
    LATER_IN_1,
    LINK,
    NEWEST,
    OLDEST,
    UPGRADED,
    VERSION_1,
    Version,
    federation_directives,
)
from gateway.supergraph.source.syntax import schema_nodes

IDENTIFIER = "INVALID_LINK_IDENTIFIER"
MAX_LINKS = 200
"""Specifications that one schema may link: the names of each are compared with those of every other."""

_WRITE_LINK = 'write @link(url: "https://…/name/v1.0", import: ["@directive"])'
_WRITE_IMPORT = 'write "@name" or {name: "@name", as: "@other"}'
_PURPOSES = ("SECURITY", "EXECUTION")
_SHOWN = 80


def link_directive(document: DocumentNode) -> str | None:
    """How the schema calls `@link`; None when it links nothing (Federation 1)."""
    for directive in _on_schema(document):
        values = _values(directive)
        url = values.get("url")
        if isinstance(url, str) and url.startswith(LINK + "/"):
            called = _imported_as(values.get("import"), "@link") or values.get("as") or "link"
            if called == directive.name.value:
                return called
    plain = (item for item in _on_schema(document) if item.name.value == "link")
    return "link" if any(isinstance(_values(item).get("url"), str) for item in plain) else None


def read_links(document: DocumentNode, report: Report) -> tuple[Link, ...]:
    """Every `@link` of the schema, in order; what is wrong with one is a finding."""
    called = link_directive(document)
    applied = [item for item in _on_schema(document) if called is not None and item.name.value == called]
    urls = [str(_values(item).get("url", "")) for item in applied]
    federated = any(url.startswith(FEDERATION) for url in urls)
    linked = any(url.startswith(LINK + "/") for url in urls)
    unsaid = [] if called is None else [*_unsaid(called, linked, federated, report.place(None))]
    links: list[Link] = []
    if len(applied) > MAX_LINKS:
        report.add(USAGE, f"the schema links {len(applied)} specifications, of which {MAX_LINKS} may be",
                   "take out the @link of those that it does not use", applied[MAX_LINKS])  # fmt: skip
    for directive in applied[:MAX_LINKS]:
        link = _link(directive, federated, report)
        if link is not None and names_fit(link, [*unsaid, *links], directive, report):
            links.append(link)
    return tuple(links)


def federation_version(links: tuple[Link, ...]) -> Version:
    """The version of the federation specification that a schema follows; (1, 0) when it links none."""
    found = next((link for link in links if link.identity == FEDERATION), None)
    return VERSION_1 if found is None else stated_version(found.version)


def _on_schema(document: DocumentNode) -> Iterator[ConstDirectiveNode]:
    for node in schema_nodes(document):
        yield from node.directives or ()


def _values(directive: ConstDirectiveNode) -> Mapping[str, object]:
    return {item.name.value: value_from_ast_untyped(item.value) for item in directive.arguments or ()}


def _imported_as(imports: object, name: str) -> str | None:
    for item in imports if isinstance(imports, list) else ():
        if item == name:
            return name.removeprefix("@")
        if isinstance(item, dict) and item.get("name") == name and isinstance(item.get("as"), str):
            return str(item["as"]).removeprefix("@")
    return None


def _unsaid(called: str, linked: bool, federated: bool, place: SourcePlace) -> Iterator[Link]:
    """What a schema follows without a link: the link specification itself, or Federation 1 as that is upgraded."""
    if not linked:
        yield Link(LINK, "v1.0", called, {}, None, place)
    elif not federated:
        names = (f"@{name}" for name in (*federation_directives(VERSION_1), *LATER_IN_1))
        version = f"v{UPGRADED[0]}.{UPGRADED[1]}"
        yield Link(FEDERATION, version, "federation", {name: name for name in names}, None, place)


def _link(directive: ConstDirectiveNode, federated: bool, report: Report) -> Link | None:
    values = _values(directive)
    found = _url(values.get("url"), directive, federated, report)
    if found is None or not _version_is_known(*found, directive, report):
        return None
    identity, version = found
    if identity == CONNECT:
        report.add("UNSUPPORTED_FEATURE", "@connect has a router ask REST services itself, which Huitong does not do",
                   "describe the service in a manifest of kind rest, and take the link out", directive)  # fmt: skip
        return None
    purpose = values.get("for")
    if purpose is not None and purpose not in _PURPOSES:
        report.add("INVALID_GRAPHQL", "`for` of a @link is neither SECURITY nor EXECUTION",
                   "write one of them", directive)  # fmt: skip
        return None
    imports = _imports(values.get("import"), directive, report)
    known = version != ""  # else it is what Federation 1 lets pass
    namespace = read_namespace(values.get("as"), identity, imports, directive, report) if known else ""
    if namespace is None:
        return None
    stated = purpose if isinstance(purpose, str) else None
    return Link(identity, version, namespace, imports, stated, report.place(directive))


def _url(
    url: object, directive: ConstDirectiveNode, federated: bool, report: Report
) -> tuple[str, str] | None:
    """The identity and version that a URL states; Federation 1 lets any text pass, which means nothing then."""
    if not isinstance(url, str):
        report.add(USAGE, "a @link names no `url`", _WRITE_LINK, directive)
        return None
    try:
        return take_apart(url)
    except ValueError as error:
        if not federated:
            return url, ""
        report.add(IDENTIFIER, f"{url[:_SHOWN]!r}, which a @link names, {error}", _WRITE_LINK, directive)
        return None


def _version_is_known(identity: str, version: str, directive: ConstDirectiveNode, report: Report) -> bool:
    stated = stated_version(version)
    if identity == FEDERATION and not OLDEST <= stated <= NEWEST:
        report.add("UNKNOWN_FEDERATION_LINK_VERSION", f"{version} of the federation specification is not known",
                   f"link one of v2.0 to v{NEWEST[0]}.{NEWEST[1]}", directive)  # fmt: skip
        return False
    if identity == LINK and stated != VERSION_1:
        report.add(
            "UNKNOWN_LINK_VERSION",
            f"{version} of the link specification is not known",
            "link v1.0",
            directive,
        )
        return False
    return True


def _imports(given: object, directive: ConstDirectiveNode, report: Report) -> dict[str, str]:
    """What a link imports: the specification's name → the name here, both with `@` for directives."""
    imports: dict[str, str] = {}
    if given is None:
        return imports
    for item in given if isinstance(given, list) else [given]:
        pair = _import(item)
        if pair is None:
            report.add(USAGE, f"a @link imports {_shown(item)}, which is no import", _WRITE_IMPORT, directive)
            continue
        name, called = pair
        if name.startswith("@") != called.startswith("@"):
            report.add(USAGE, f"a @link imports {name} as {called}: both are directives, or neither",
                       "begin the names of directives with @", directive)  # fmt: skip
        elif not NAME.match(called.removeprefix("@")):
            report.add(USAGE, f"a @link imports {name} as {called[:_SHOWN]}, which is no name",
                       _WRITE_IMPORT, directive)  # fmt: skip
        elif imports.setdefault(name, called) != called:
            report.add(USAGE, f"a @link imports {name[:_SHOWN]} as {imports[name][:_SHOWN]}, and as {called[:_SHOWN]}",
                       "keep one of the two", directive)  # fmt: skip
    return imports


def _import(item: object) -> tuple[str, str] | None:
    if isinstance(item, str) and item:
        return item, item
    if isinstance(item, dict) and set(item) <= {"name", "as"} and isinstance(item.get("name"), str):
        called = item.get("as")
        return (item["name"], called or item["name"]) if called is None or isinstance(called, str) else None
    return None


def _shown(item: object) -> str:
    text = repr(item)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"

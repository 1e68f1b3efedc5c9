"""The specifications that a schema links, and the names that it gives to what they define.

Apollo's link specification v1.0, https://specs.apollo.dev/link/v1.0.
"""

from collections.abc import Iterator, Mapping

from graphql import ConstDirectiveNode, DocumentNode, value_from_ast_untyped

from gateway.supergraph.source.link_urls import NAME, VERSION, default_namespace, take_apart
from gateway.supergraph.source.model import Link
from gateway.supergraph.source.report import Report
from gateway.supergraph.source.specification import (
    CONNECT,
    FEDERATION,
    LINK,
    NEWEST,
    OLDEST,
    SINGLE_DIRECTIVES,
    VERSION_1,
    Version,
    federation_directives,
    federation_types,
)
from gateway.supergraph.source.syntax import schema_nodes

USAGE = "INVALID_LINK_DIRECTIVE_USAGE"
IDENTIFIER = "INVALID_LINK_IDENTIFIER"
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
    federated = any(str(_values(item).get("url", "")).startswith(FEDERATION) for item in applied)
    links: list[Link] = []
    for directive in applied:
        link = _link(directive, federated, report)
        if link is not None and _fits(link, links, directive, report):
            links.append(link)
    return tuple(links)


def federation_version(links: tuple[Link, ...]) -> Version:
    """The version of the federation specification that a schema follows; (1, 0) when it links none."""
    for link in links:
        if link.identity == FEDERATION:
            found = VERSION.match(link.version)
            if found:
                return int(found[1]), int(found[2])
    return VERSION_1


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
    namespace = _namespace(values.get("as"), identity, directive, report)
    if namespace is None:
        return None
    imports = _imports(values.get("import"), directive, report)
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


def _namespace(given: object, identity: str, directive: ConstDirectiveNode, report: Report) -> str | None:
    name = default_namespace(identity) if given is None else given
    if not isinstance(name, str) or "__" in name or (given is not None and not NAME.match(name)):
        report.add(USAGE, f"a @link calls its specification {str(name)[:_SHOWN]!r}, which is no name without `__`",
                   "write a plain name after `as:`", directive)  # fmt: skip
        return None
    return name


def _version_is_known(identity: str, version: str, directive: ConstDirectiveNode, report: Report) -> bool:
    found = VERSION.match(version)
    stated = (int(found[1]), int(found[2])) if found else VERSION_1
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
        elif not NAME.match(called.removeprefix("@")) and not called.removeprefix("@").startswith("_"):
            report.add(
                USAGE,
                f"a @link imports {name} as {called[:_SHOWN]}, which is no name",
                _WRITE_IMPORT,
                directive,
            )
        else:
            imports[name] = called
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


def _fits(link: Link, others: list[Link], directive: ConstDirectiveNode, report: Report) -> bool:
    """True when a link may stand beside those before it and imports what its specification has."""
    count = len(report.findings)
    for other in others:
        if other.identity == link.identity:
            report.add(USAGE, f"{link.identity[:_SHOWN]} is linked twice, here and at {other.place}",
                       "keep one of the two @link", directive)  # fmt: skip
        elif link.namespace and other.namespace == link.namespace:
            report.add(USAGE, f"{link.identity[:_SHOWN]} is called {link.namespace!r}, as is what {other.place} links",
                       "give one of the two another name with `as:`", directive)  # fmt: skip
        for name, called in link.imports.items():
            if called in other.imports.values():
                report.add(USAGE, f"{name[:_SHOWN]} is imported as {called[:_SHOWN]}, which {other.place} imports too",
                           "give one of the two another name with `as:`", directive)  # fmt: skip
    for name in link.imports:
        _check_import(link, name, directive, report)
    return len(report.findings) == count


def _check_import(link: Link, name: str, directive: ConstDirectiveNode, report: Report) -> None:
    known = _importable(link)
    if known is None or name in known:
        return
    meant = "@" + name if "@" + name in known else None
    remedy = f"write {meant}" if meant else "take it out, or link a version of the specification that has it"
    report.add(USAGE, f"a @link imports {name[:_SHOWN]}, which {link.identity}/{link.version} does not have",
               remedy, directive)  # fmt: skip


def _importable(link: Link) -> frozenset[str] | None:
    """What can be imported from a specification; None when we do not know it."""
    if link.identity == FEDERATION:
        version = federation_version((link,))
        return frozenset(f"@{name}" for name in federation_directives(version)) | federation_types(version)
    if link.identity == LINK:
        return frozenset({"@link", "Import", "Purpose"})
    single = SINGLE_DIRECTIVES.get(link.identity)
    return frozenset({f"@{single}", "Scope", "Policy"}) if single else None

"""What is no supergraph, or uses what is not served, is refused: every mistake with its place and a remedy."""

from collections.abc import Callable

import pytest

from gateway.errors import ConfigurationError, Finding
from gateway.supergraph.join import bounds, document, keys, read_supergraph, sources, types

SPECS = "https://specs.apollo.dev"
LINK = f'@link(url: "{SPECS}/link/v1.0") @link(url: "{SPECS}/join/v0.5", for: EXECUTION)'
GRAPHS = """
enum join__Graph {
  A @join__graph(name: "a", url: "http://user:secret@a.example")
  B @join__graph(name: "b", url: "http://b.example")
}
"""
QUERY = "type Query @join__type(graph: A) { t: T }\n"


def supergraph(body: str, links: str = "", query: str = QUERY, roots: str = "query: Query") -> str:
    """The body begins on line 8."""
    return (
        f"schema {LINK} {links} {{ {roots} }}\n{GRAPHS.strip()}\n{query}" + "\n" * (1 if query else 2) + body
    )


def refused(sdl: str) -> tuple[Finding, ...]:
    with pytest.raises(ConfigurationError) as caught:
        read_supergraph(sdl, "supergraph.graphql")
    assert all(
        finding.remedy and str(finding.file) == "supergraph.graphql" for finding in caught.value.findings
    )
    return caught.value.findings


T = "type T @join__type(graph: A) { id: ID! }"
INVALID = {
    "an unknown source of a type": (
        "type T @join__type(graph: A) @join__type(graph: Z) { id: ID! }",
        "names the source Z",
        (8, 30),
    ),
    "an unknown source of a field": (
        "type T @join__type(graph: A) { id: ID! @join__field(graph: Z) }",
        "names the source Z",
        (8, 40),
    ),
    "a field in a source without its type": (
        "type T @join__type(graph: A) { id: ID! @join__field(graph: B) }",
        "T.id is in b, and T is not",
        (8, 40),
    ),
    "a key that does not parse": (
        'type T @join__type(graph: A, key: "id {") { id: ID! }',
        "does not parse",
        (8, 8),
    ),
    "a key of more than one set": (
        'type T @join__type(graph: A, key: "{ id } { id }") { id: ID! }',
        "is not a set of fields",
        (8, 8),
    ),
    "a key of a field that is not there": (
        'type T @join__type(graph: A, key: "no") { id: ID! }',
        "names T.no",
        (8, 8),
    ),
    "a key without the fields of an object": (
        'type T @join__type(graph: A, key: "t") { t: T }',
        "is wrong below T.t",
        (8, 8),
    ),
    "a key with fields of a leaf": (
        'type T @join__type(graph: A, key: "id { x }") { id: ID! }',
        "is wrong below T.id",
        (8, 8),
    ),
    "a key with an alias": (
        'type T @join__type(graph: A, key: "k: id") { id: ID! }',
        "may not name aliases",
        (8, 8),
    ),
    "a key with a directive": (
        'type T @join__type(graph: A, key: "id @skip(if: true)") { id: ID! }',
        "or directives",
        (8, 8),
    ),
    "a key that names a fragment": (
        'type T @join__type(graph: A, key: "...F") { id: ID! }',
        "may not name fragments",
        (8, 8),
    ),
    "a key of a field that the fragment's type lacks": (
        'type T implements I @join__type(graph: A, key: "... on I { x }") { id: ID! x: ID! } interface I @join__type(graph: A) { id: ID! }',
        "names I.x",
        (8, 21),
    ),
    "a key that multiplies out to too much": (
        'type T @join__type(graph: A, key: "m { ... on N { %s } }") { id: ID! m: M } ' % ("id " * 400)
        + "interface M @join__type(graph: A) { id: ID! } interface N @join__type(graph: A) { id: ID! } "
        + " ".join(
            f"type {name} implements {of} @join__type(graph: A) {{ id: ID! }}"
            for name, of in (("A", "M & N"), ("B", "M & N"), ("C", "M & N"), ("D", "M"), ("E", "N"))
        ),
        "holds more than 1000 fields",
        (8, 8),
    ),
    "a key of a type that is not there": (
        'type T @join__type(graph: A, key: "... on No { id }") { id: ID! }',
        "names the type No",
        (8, 8),
    ),
    "inputs that are not there": (
        'type T @join__type(graph: A) { id: ID! x: Int @join__field(graph: A, requires: "no") }',
        "names T.no",
        (8, 47),
    ),
    "provided fields that are not there": (
        'type T @join__type(graph: A) { id: ID! t: T @join__field(graph: A, provides: "no") }',
        "names T.no",
        (8, 45),
    ),
    "a type of a source's that is none": (
        'type T @join__type(graph: A) { id: ID! @join__field(graph: A, type: "[ID") }',
        "T.id has '[ID' as a type",
        (8, 40),
    ),
    "a type of a source's that is a list": (
        'type T @join__type(graph: A) { id: ID! @join__field(graph: A, type: "[ID]") }',
        "which does not fit",
        (8, 40),
    ),
    "a type of a source's that is not there": (
        'type T @join__type(graph: A) { id: ID! @join__field(graph: A, type: "No") }',
        "the type No does not exist",
        (8, 40),
    ),
    "a field of a type that is not there": (
        "type T @join__type(graph: A) { id: No }",
        "the type No does not exist",
        (8, 32),
    ),
    "an argument of a type that is not there": (
        "type T @join__type(graph: A) { id(a: [No]): ID }",
        "the type No does not exist",
        (8, 35),
    ),
    "an interface that is not there": (
        "type T implements I @join__type(graph: A) { id: ID! }",
        "I is not the kind of type",
        (8, 19),
    ),
    "an interface that is no interface": (
        T + " type O implements T @join__type(graph: A) { id: ID! }",
        "T is not the kind of type",
        (8, 60),
    ),
    "a member that is no object": (
        T + " union U @join__type(graph: A) = T | U",
        "U is not the kind of type",
        (8, 78),
    ),
    "an interface implemented in a source alone": (
        'type T @join__type(graph: A) @join__implements(graph: A, interface: "I") { id: ID! }',
        "T implements I in a source alone",
        (8, 30),
    ),
    "a member in a source alone": (
        T + ' union U @join__type(graph: A) @join__unionMember(graph: B, member: "T") = T',
        "has the member T in a source alone",
        (8, 72),
    ),
    "an interface whose fields are missing": (
        "type T implements I @join__type(graph: A) { id: ID! } interface I @join__type(graph: A) { no: ID }",
        "T implements I without its field no",
        (8, 1),
    ),
    "an interface whose fields have other types": (
        "type T implements I @join__type(graph: A) { id: ID! } interface I @join__type(graph: A) { id: Int }",
        "expects type",
        (8, 95),
    ),
    "a type twice": (T + " " + T, "T is defined twice", (8, 42)),
    "a field twice": ("type T @join__type(graph: A) { id: ID! id: ID }", "T defines id twice", (8, 40)),
    "an argument twice": (
        "type T @join__type(graph: A) { id(a: Int, a: Int): ID! }",
        "T.id defines a twice",
        (8, 43),
    ),
    "a value twice": (T + " enum E @join__type(graph: A) { X X }", "E defines X twice", (8, 75)),
    "an extension of nothing": (T + " extend type O { id: ID }", "O is extended", (8, 42)),
    "an extension of another kind": (T + " extend interface T { x: ID }", "T is extended", (8, 42)),
    "an operation": (T + " { t { id } }", "an operation stands", (8, 42)),
    "text that does not parse": ("type T {", "does not parse", (8, 9)),
    "an input as an output": (
        T + " type O @join__type(graph: A) { i: I } input I @join__type(graph: A) { x: Int }",
        "must be Output Type",
        (8, 76),
    ),
}


@pytest.mark.parametrize(("body", "message", "place"), INVALID.values(), ids=INVALID)
def test_a_damaged_supergraph_is_refused(body: str, message: str, place: tuple[int, int]) -> None:
    finding = refused(supergraph(body))[0]
    assert (finding.code, finding.line, finding.column) == ("SUPERGRAPH_INVALID", *place), str(finding)
    assert message in finding.message


UNSUPPORTED = {
    "a security feature that is not known": (supergraph(T, '@link(url: "https://example.org/guard/v1.0", for: SECURITY)'), "the feature guard for SECURITY"),
    "an execution feature that is not known": (supergraph(T, '@link(url: "https://example.org/lazy/v1.0", for: EXECUTION)'), "the feature lazy for EXECUTION"),
    "connectors that the supergraph links": (supergraph(T, f'@link(url: "{SPECS}/connect/v0.1", for: EXECUTION)'), "the feature connect for EXECUTION"),
    "connectors on a field": (
        supergraph('type T @join__type(graph: A) { id: ID! @join__directive(graphs: [A], name: "connect", args: {}) }'), "T is answered by a connector",
    ),
    "a join specification of later": (supergraph(T).replace("join/v0.5", "join/v0.6"), "join v0.6"),
    "a join specification without a version": (supergraph(T).replace("join/v0.5", "join"), "join without a version"),
    "an argument from a context": (
        supergraph(
            "type T @join__type(graph: A) { id: ID! @join__field(graph: A, contextArguments:"
            ' [{context: "c", name: "a", type: "Int", selection: " { x }"}]) }'
        ),
        "T.id takes an argument from a context",
    ),
    "a context": (supergraph('type T @join__type(graph: A) @context(name: "c") { id: ID! }', f'@link(url: "{SPECS}/context/v0.1", for: SECURITY)'), "T sets a context"),
}  # fmt: skip


@pytest.mark.parametrize(("sdl", "message"), UNSUPPORTED.values(), ids=UNSUPPORTED)
def test_what_is_not_served_is_refused(sdl: str, message: str) -> None:
    (finding,) = refused(sdl)
    assert finding.code == "UNSUPPORTED_FEATURE"
    assert message in finding.message
    assert finding.line and finding.column


NO_SUPERGRAPH = {
    "the schema of one source": ("type Query { x: Int }", "is no composed supergraph"),
    "nothing": ("", "does not parse"),
    "no sources": (f"schema {LINK} {{ query: Query }} type Query {{ x: Int }}", "lists no sources"),
    "sources that are no enum": (f"schema {LINK} {{ query: Query }} scalar join__Graph type Query {{ x: Int }}", "lists no sources"),
    "a source without a name": (supergraph(T).replace('name: "b"', 'name: ""'), "the source B has no name"),
    "a source without join__graph": (supergraph(T).replace('@join__graph(name: "b", url: "http://b.example")', ""), "the source B has no name"),
    "two sources of one name": (supergraph(T).replace('name: "b"', 'name: "a"'), "the source B has no name"),
    "a link to nowhere": (supergraph(T, '@link(url: "")'), "a link names no feature"),
    "a query root of another name": (supergraph(T, query="type Root @join__type(graph: A) { t: T }\n", roots="query: Root"), "the query root is called Root"),
    "a mutation root of another name": (supergraph(T, roots="query: Query mutation: T"), "the mutation root is called T"),
}  # fmt: skip


@pytest.mark.parametrize(("sdl", "message"), NO_SUPERGRAPH.values(), ids=NO_SUPERGRAPH)
def test_what_is_no_supergraph_is_refused(sdl: str, message: str) -> None:
    finding = refused(sdl)[0]
    assert finding.code == "SUPERGRAPH_INVALID"
    assert message in finding.message


@pytest.mark.parametrize(
    "sdl",
    [
        supergraph(T, query="", roots="mutation: Mutation") + " type Mutation @join__type(graph: A) { t: T }",
        supergraph(T, query="type Query @join__type(graph: A) { t: T @inaccessible }\n"),
        supergraph(T, query="type Query @join__type(graph: A) @inaccessible { t: T }\n"),
    ],
    ids=["no Query", "nothing accessible", "inaccessible"],
)
def test_a_supergraph_without_queries_is_refused(sdl: str) -> None:
    assert [finding.code for finding in refused(sdl)] == ["NO_QUERIES"]


def test_every_mistake_is_told_at_once() -> None:
    body = 'type T @join__type(graph: A, key: "no") { id: No @join__field(graph: Z) }'
    assert len(refused(supergraph(body))) == 3


def test_findings_end_somewhere() -> None:
    fields = " ".join(f"f{number}: No" for number in range(1_000))
    assert len(refused(supergraph(f"type T @join__type(graph: A) {{ {fields} }}"))) == document.MAX_FINDINGS


def test_findings_in_what_clients_would_see_end_too() -> None:
    fields = " ".join(f"f{number}: I" for number in range(1_000))
    body = f"type T @join__type(graph: A) {{ {fields} }} input I @join__type(graph: A) {{ x: Int }}"
    assert len(refused(supergraph(body))) == document.MAX_FINDINGS


SECRETS = {
    "no name": 'enum join__Graph { A @join__graph(url: "http://user:secret@a.example") }',
    "no query": GRAPHS,
    "a string where none may stand": 'enum join__Graph { A @join__graph(name: "http://user:secret@a.example" "http://user:secret@a.example") }',
    "a block of text where none may stand": 'enum join__Graph { A @join__graph("""http://user:\nsecret@a.example""") }',
}


@pytest.mark.parametrize("text", SECRETS.values(), ids=SECRETS)
def test_no_refusal_shows_a_url(text: str) -> None:
    findings = refused(f"schema {LINK} {{ query: Query }} {text}")
    assert not any("secret" in str(finding) for finding in findings)


def many(count: int, each: Callable[[int], str]) -> str:
    return " ".join(map(each, range(count)))


BOUNDS = {
    "bytes": (document, "MAX_BYTES", 100, supergraph(T), "more than 100 bytes"),
    "tokens": (document, "MAX_TOKENS", 50, supergraph(T), "contains more than 50 tokens"),
    "sources": (sources, "MAX_SOURCES", 1, supergraph(T), "more than 1 sources"),
    "fields in sources": (
        bounds, "MAX_CELLS", 200,
        supergraph(f"type T @join__type(graph: A) @join__type(graph: B) {{ {many(100, lambda n: f'f{n}: ID')} }}"), "more than 200 fields in sources",
    ),
    "arguments in sources": (
        bounds, "MAX_CELLS", 200,
        supergraph(f"type T @join__type(graph: A) @join__type(graph: B) {{ f({many(100, lambda n: f'a{n}: ID')}): ID }}"), "more than 200 fields in sources",
    ),
    "text of sources": (
        bounds, "MAX_EXTRACTED", 2_000,
        supergraph(f'type T @join__type(graph: A) @join__type(graph: B) {{ f(a: String = "{"x" * 1_000}"): ID }}'), "more than 2000 characters in sources",
    ),
    "fields of interfaces": (
        bounds, "MAX_INHERITED", 99,
        supergraph(T + f" interface I @join__type(graph: A) {{ {many(10, lambda n: f'f{n}: ID')} }} "
                   + many(10, lambda n: f"type T{n} implements I @join__type(graph: A) {{ f: ID }}")), "more than 99 inherited fields",
    ),
    "interfaces of interfaces": (
        bounds, "MAX_INHERITED", 150,
        supergraph(T + " interface I0 @join__type(graph: A) { f: ID } " + many(10, lambda n:
                   f"interface I{n + 1} implements {' & '.join(f'I{k}' for k in range(n + 1))} @join__type(graph: A) {{ f: ID }}")), "more than 150 inherited fields",
    ),
    "types behind interface objects": (
        bounds, "MAX_CELLS", 150,
        supergraph(T + " interface J @join__type(graph: A) @join__type(graph: B) { f: ID } interface I implements J @join__type(graph: B, isInterfaceObject: true)"
                   " @join__type(graph: A, isInterfaceObject: true) { f: ID } "
                   + many(40, lambda n: f"type T{n} implements I & J @join__type(graph: A) {{ f: ID }}")), "more than 150 types behind interface objects",
    ),
    "field sets": (
        keys, "MAX_FIELD_SETS", 50, supergraph(f'type T @join__type(graph: A, key: "{many(20, lambda n: "id")}") {{ id: ID! }}'), "more than 50 characters in field sets",
    ),
    "types that do not say where they are": (types, "MAX_GUESSES", 1, supergraph("type T { id: ID! }"), "too many types do not say"),
}  # fmt: skip


@pytest.mark.parametrize(("module", "bound", "limit", "sdl", "message"), BOUNDS.values(), ids=BOUNDS)
def test_what_a_file_can_cost_is_bounded(
    module: object, bound: str, limit: int, sdl: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, bound, limit)
    (finding,) = refused(sdl)
    assert finding.code == "SUPERGRAPH_INVALID"
    assert message in finding.message


DEEP = {
    "lists": (f"type T @join__type(graph: A) {{ id: {'[' * 100}ID{']' * 100} }}", "nested deeper than 64 levels"),
    "lists beyond any stack": (f"type T @join__type(graph: A) {{ id: {'[' * 9_000}ID{']' * 9_000} }}", "nested too deeply"),
    "values": (f"type T @join__type(graph: A) {{ id(a: I = {'[' * 100}{']' * 100}): ID }}", "nested deeper than 64 levels"),
    "field sets": (f'type T @join__type(graph: A, key: "{"t { " * 20}id{" }" * 20}") {{ id: ID! t: T }}', "nested deeper than 16 levels"),
    "field sets beyond any stack": (f'type T @join__type(graph: A, key: "{"t {" * 9_000}") {{ id: ID! t: T }}', "does not parse"),
    "types of sources": (f'type T @join__type(graph: A) {{ id: ID! @join__field(graph: A, type: "{"[" * 9_000}") }}', "as a type"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "message"), DEEP.values(), ids=DEEP)
def test_nesting_is_bounded(body: str, message: str) -> None:
    finding = refused(supergraph(body))[0]
    assert finding.code == "SUPERGRAPH_INVALID"
    assert message in finding.message
    assert len(str(finding)) < 400

"""What can be answered is not reported: one case for each way by which a field is had."""

import pytest

from tests.supergraph.reach.sources import told

ANSWERED = {
    "a source by itself": {"a": "type Query { t: T } type T { x: Int }"},
    "another source, by a key": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
        "b": 'type T @key(fields: "id") { id: ID! x: Int }',
    },
    "a third source, by a key that only the second has": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
        "b": 'type T @key(fields: "id") @key(fields: "sku") { id: ID! sku: ID! @shareable }',
        "c": 'type T @key(fields: "sku") { sku: ID! @shareable x: Int }',
    },
    "a key put together from two sources": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! p: ID! @shareable }',
        "b": 'type T @key(fields: "id") { id: ID! q: ID! @shareable }',
        "c": 'type T @key(fields: "p q") { p: ID! @shareable q: ID! @shareable x: Int }',
    },
    "a key with objects in it, whose parts come from two sources": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! o: O! @shareable } type O { p: ID! @shareable }',
        "b": 'type T @key(fields: "id") { id: ID! o: O! @shareable } type O { q: ID! @shareable }',
        "c": 'type T @key(fields: "o { p q }") { o: O! @shareable x: Int } '
        "type O { p: ID! @shareable q: ID! @shareable }",
    },
    "inputs from a third source": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
        "b": 'type T @key(fields: "id") { id: ID! w: Int @external x: Int @requires(fields: "w") }',
        "c": 'type T @key(fields: "id") { id: ID! w: Int }',
    },
    "inputs that have inputs": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! v: Int }',
        "b": 'type T @key(fields: "id") { id: ID! v: Int @external w: Int @requires(fields: "v") }',
        "c": 'type T @key(fields: "id") { id: ID! w: Int @external x: Int @requires(fields: "w") }',
    },
    "inputs for the source where the object is met": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! w: Int @external x: Int @requires(fields: "w") }',
        "b": 'type T @key(fields: "id") { id: ID! w: Int }',
    },
    "inputs on one member of a union": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! u: U @external '
        'x: Int @requires(fields: "u { ... on P { p } }") } union U = P | Q type P { p: Int @shareable } '
        "type Q { q: Int @shareable }",
        "b": 'type T @key(fields: "id") { id: ID! u: U } union U = P | Q type P { p: Int @shareable } '
        "type Q { q: Int @shareable }",
    },
    "a field that is external, where it is provided": {
        "a": 'type Query { t: T @provides(fields: "x") } type T @key(fields: "id") { id: ID! x: Int @external }',
        "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int @shareable }',
    },
    "a third source, by a key that a source later in order has": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! code: ID! @shareable }',
        "b": 'type T @key(fields: "sku") { sku: ID! @shareable x: Int }',
        "c": 'type T @key(fields: "code") { code: ID! @shareable sku: ID! @shareable }',
    },
    "inputs with the name of a type among them": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! u: U @external '
        'x: Int @requires(fields: "u { __typename ... on P { p } }") } union U = P | Q type P { p: Int @shareable } '
        "type Q { q: Int @shareable }",
        "b": 'type T @key(fields: "id") { id: ID! u: U } union U = P | Q type P { p: Int @shareable } '
        "type Q { q: Int @shareable }",
    },
    "inputs for a source that can be come back to from another source of the root field": {
        "a": 'type Query { t: T @shareable } type T @key(fields: "id") { id: ID! @external w: Int @external '
        'x: Int @requires(fields: "w") y: Int @shareable }',
        "b": 'type Query { t: T @shareable } type T @key(fields: "id") { id: ID! w: Int @shareable y: Int @shareable }',
        "c": 'type T @key(fields: "y") { y: Int @shareable w: Int @shareable }',
    },
    "a field that is external, where it is provided from further up": {
        "a": 'type Query { p: P @provides(fields: "t { x }") } type P { t: T } '
        'type T @key(fields: "id") { id: ID! x: Int @external }',
        "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int @shareable }',
    },
    "inputs that the path provides, to a source that nobody can come back to": {
        "a": 'type Query { t: T @provides(fields: "x o { w }") } type T @key(fields: "id", resolvable: false) { id: ID! '
        'x: Int @external o: O @external y: Int @requires(fields: "x o { w }") } type O { w: Int @external }',
        "b": 'type T @key(fields: "id") { id: ID! x: Int @shareable o: O @shareable } type O { w: Int @shareable }',
    },
    "whatever a type would lack that one of the sources of a shared field never returns": {
        "a": "type Query { u: U @shareable } union U = P | Q type P { p: Int @shareable } "
        'type Q @key(fields: "id") { id: ID! }',
        "b": "type Query { u: U @shareable } union U = P type P { p: Int @shareable }",
        "c": 'type Q @key(fields: "id", resolvable: false) { id: ID! x: Int }',
    },
    "nothing of types that clients do not know": {
        "a": 'type Query { u: U } union U = P | Q type P { p: Int } type Q @inaccessible @key(fields: "id") { id: ID! }',
        "b": 'type Q @inaccessible @key(fields: "id", resolvable: false) { id: ID! x: Int }',
    },
    "no type of an interface object that clients do not know": {
        "a": 'interface I @key(fields: "id", resolvable: false) { id: ID! } '
        'type T implements I @key(fields: "id") @inaccessible { id: ID! }',
        "b": 'type Query { i: I } type I @key(fields: "id") @interfaceObject { id: ID! x: Int }',
    },
    "a value type, when another source has the field that leads to it too": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! v: V @shareable } type V { p: Int }',
        "b": 'type T @key(fields: "id") { id: ID! v: V @shareable } type V { q: Int }',
    },
    "a value type, when another source has the root field too": {
        "a": "type Query { v: V @shareable } type V { p: Int }",
        "b": "type Query { v: V @shareable } type V { q: Int }",
    },
    "a type that one of the sources of a shared field never returns": {
        "a": "type Query { u: U @shareable } union U = P | Q type P { p: Int @shareable } type Q { q: Int } ",
        "b": "type Query { u: U @shareable } union U = P type P { p: Int @shareable }",
    },
    "no type of an interface object that nothing implements": {
        "a": 'type Query { i: I } type I @interfaceObject @key(fields: "id") { id: ID! x: Int }',
        "b": 'type Query { n: I } interface I @key(fields: "id") { id: ID! y: Int }',
        "c": 'type Query { j: I } type I @interfaceObject @key(fields: "id", resolvable: false) { id: ID! z: Int }',
    },
    "fields of an interface object, on each of its types": {
        "a": 'type Query { i: I } interface I @key(fields: "id") { id: ID! } '
        'type T implements I @key(fields: "id") { id: ID! }',
        "b": 'type I @key(fields: "id") @interfaceObject { id: ID! x: Int }',
    },
    "the type of an interface object, and from there a third source": {
        "a": 'interface I @key(fields: "id") { id: ID! } type T implements I @key(fields: "id") { id: ID! }',
        "b": 'type Query { i: I } type I @key(fields: "id") @interfaceObject { id: ID! x: Int }',
        "c": 'type T @key(fields: "id") { id: ID! y: Int }',
    },
    "an overridden field, in its new source": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! x: Int }',
        "b": 'type T @key(fields: "id") { id: ID! x: Int @override(from: "a") }',
    },
    "a field that moves by a label, in either source": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! x: Int }',
        "b": 'type T @key(fields: "id") { id: ID! x: Int @override(from: "a", label: "percent(5)") }',
    },
    "a value that moves by a label, with all its fields": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! v: V } type V { x: Int }',
        "b": 'type T @key(fields: "id") { id: ID! v: V @override(from: "a", label: "one") } '
        'type V { x: Int @override(from: "a", label: "one") }',
    },
    "an input that moves by a label": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! w: Int }',
        "b": 'type T @key(fields: "id") { id: ID! w: Int @override(from: "a", label: "one") }',
        "c": 'type T @key(fields: "id") { id: ID! w: Int @external x: Int @requires(fields: "w") }',
    },
    "the roots, below any object": {
        "a": "type Query { t: T } type T { query: Query }",
        "b": "type Query { x: Int }",
    },
    "a mutation of two sources, one of which leads to everything": {
        "a": 'type Query { n: Int } type Mutation { m: T @shareable } type T @key(fields: "id") { id: ID! }',
        "b": 'type Mutation { m: T @shareable } type T @key(fields: "id", resolvable: false) { id: ID! x: Int }',
    },
    "nothing that clients cannot ask for": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! }',
        "b": 'type T @key(fields: "id", resolvable: false) { id: ID! x: Int @inaccessible }',
    },
    "objects that lie within one another without end": {
        "a": 'type Query { t: T } type T @key(fields: "id") { id: ID! next: T u: U } type U @key(fields: "id") { id: ID! }',
        "b": 'type U @key(fields: "id") { id: ID! back: [T] } type T @key(fields: "id") { id: ID! x: Int }',
    },
}


@pytest.mark.parametrize("case", ANSWERED)
def test_what_can_be_answered_is_not_reported(case: str) -> None:
    assert told(ANSWERED[case]) == []

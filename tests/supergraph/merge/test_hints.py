"""What is legal and suspicious is told with its places and what to do, and hinders nothing."""

import pytest

from tests.supergraph.merge.sources import hinted, merged


@pytest.mark.parametrize(
    ("code", "sources", "expected"),
    [
        (
            "INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE",
            {
                "a": "type Query { x: Int! @shareable }",
                "b": "type Query { x: Int @shareable }",
            },
            [
                "a:2:14 Query.x is `Int!` in a (Bureau A) at a:2:14 but `Int` in b (Bureau B) at b:2:14; clients see `Int`; write one type in all sources if they mean the same",
            ],
        ),
        (
            "INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE",
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int! }",
            },
            [
                "a:3:11 I.a is `Int` in a (Bureau A) at a:3:11 but `Int!` in b (Bureau B) at b:3:11; clients see `Int!`; write one type in all sources if they mean the same",
            ],
        ),
        (
            "INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE",
            {
                "a": "type Query { x(a: Int!): Int @shareable }",
                "b": "type Query { x(a: Int): Int @shareable }",
            },
            [
                "a:2:16 Query.x(a:) is `Int!` in a (Bureau A) at a:2:16 but `Int` in b (Bureau B) at b:2:16; clients see `Int!`; write one type in all sources if they mean the same",
            ],
        ),
        (
            "INCONSISTENT_DEFAULT_VALUE_PRESENCE",
            {
                "a": "type Query { x(a: Int = 1): Int @shareable }",
                "b": "type Query { x(a: Int): Int @shareable }",
            },
            [
                "b:2:16 Query.x(a:) has a default in a (Bureau A) at a:2:16 but not in b (Bureau B) at b:2:16; clients see none; give it the same default in all sources, or in none",
            ],
        ),
        (
            "INCONSISTENT_OBJECT_VALUE_TYPE_FIELD",
            {
                "a": "type Query { v: V @shareable }\ntype V @shareable { a: Int b: Int }",
                "b": "type Query { v: V @shareable }\ntype V @shareable { a: Int }",
            },
            [
                "a:3:28 V.b is in a (Bureau A) at a:3:28 but not in b (Bureau B) at b:3:1; it can be asked only where those sources give the object; add it to all of them",
            ],
        ),
        (
            "INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD",
            {
                "a": 'type Query { i: I }\ninterface I { a: Int b: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int @shareable b: Int }',
                "b": 'interface I { a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int @shareable }',
            },
            [
                "a:3:22 I.b is in a (Bureau A) at a:3:22 but not in b (Bureau B) at b:2:1; it can be asked only where those sources give the object; add it to all of them",
            ],
        ),
        (
            "INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD",
            {
                "a": 'type Query { i: I }\ninterface I { id: ID! a: Int }\ntype T implements I @key(fields: "id") { id: ID! a: Int }',
                "b": 'type Query { j: I }\ninterface I { id: ID! }\ntype U implements I @key(fields: "id") { id: ID! a: Int }',
                "c": 'type I @interfaceObject @key(fields: "id") { id: ID! more: Int }',
            },
            [
                "a:3:23 I.a is in a (Bureau A) at a:3:23 but not in b (Bureau B) at b:3:1; it can be asked only where those sources give the object; add it to all of them",
            ],
        ),
        (
            "INCONSISTENT_UNION_MEMBER",
            {
                "a": "type Query { u: U }\nunion U = A | B\ntype A @shareable { a: Int }\ntype B { b: Int }",
                "b": "union U = A\ntype A @shareable { a: Int }",
            },
            [
                "a:3:15 the member B of the union U is in a (Bureau A) at a:3:15 but not in b (Bureau B) at b:2:1; these never return it; add it if they can",
            ],
        ),
        (
            "INCONSISTENT_INPUT_OBJECT_FIELD",
            {
                "a": "type Query { x(i: I): Int @shareable }\ninput I { a: Int b: Int }",
                "b": "type Query { x(i: I): Int @shareable }\ninput I { a: Int }",
            },
            [
                "a:3:18 I.b is in a (Bureau A) at a:3:18 but not in b (Bureau B) at b:3:1; clients do not see it; add it to all sources of the input type",
            ],
        ),
        (
            "INCONSISTENT_ARGUMENT_PRESENCE",
            {
                "a": "type Query { x(a: Int): Int @shareable }",
                "b": "type Query { x: Int @shareable }",
            },
            [
                "a:2:16 Query.x(a:) is in a (Bureau A) at a:2:16 but not in b (Bureau B) at b:2:14; clients do not see it; add it to all sources of the field",
            ],
        ),
        (
            "INCONSISTENT_ENTITY",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID!  }',
                "b": "type T { id: ID! @shareable }",
            },
            [
                "b:2:1 T has a @key in a (Bureau A) at a:3:1 but not in b (Bureau B) at b:2:1; add a @key there too (`resolvable: false` where the source cannot find the entity)",
            ],
        ),
        (
            "UNUSED_ENUM_TYPE",
            {
                "a": "type Query { x: Int @shareable }\nenum E { A }",
            },
            [
                "a:3:1 no field and no argument is of the enum E; take it out",
            ],
        ),
        (
            "INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM",
            {
                "a": "type Query { x: E @shareable }\nenum E { A B }",
                "b": "type Query { x: E @shareable }\nenum E { A }",
            },
            [
                "a:3:12 the value E.B is in a (Bureau A) at a:3:12 but not in b (Bureau B) at b:3:1; clients may get it; add it to all sources, or to none",
            ],
        ),
        (
            "INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM",
            {
                "a": "type Query { x(e: E): Int @shareable }\nenum E { A B }",
                "b": "type Query { x(e: E): Int @shareable }\nenum E { A }",
            },
            [
                "a:3:12 the value E.B is in a (Bureau A) at a:3:12 but not in b (Bureau B) at b:3:1; clients cannot send it; add it to all sources, or to none",
            ],
        ),
        (
            "FROM_SUBGRAPH_DOES_NOT_EXIST",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "z") }',
            },
            [
                "a:3:44 a (Bureau A) at a:3:44 overrides T.a from 'z', which is no source; correct the name, or take @override out",
            ],
        ),
        (
            "OVERRIDDEN_FIELD_CAN_BE_REMOVED",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "b:2:37 T.a of b (Bureau B) at b:2:37 is overridden by a (Bureau A) at a:3:44; take the field out there",
            ],
        ),
        (
            "OVERRIDDEN_FIELD_CAN_BE_REMOVED",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! @override(from: "b") }',
                "b": 'type T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "b:2:29 T.id of b (Bureau B) at b:2:29 is overridden by a (Bureau A) at a:3:37; mark it @external there: its field sets or interfaces still name it",
            ],
        ),
        (
            "OVERRIDE_MIGRATION_IN_PROGRESS",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b", label: "percent(5)") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
            },
            [
                "b:2:37 T.a moves from b (Bureau B) at b:2:37 to a (Bureau A) at a:3:44 by the label percent(5); when the move is done, take the label off, then take the field out there",
            ],
        ),
        (
            "OVERRIDE_MIGRATION_IN_PROGRESS",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! @override(from: "b", label: "one") }',
                "b": 'type T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "b:2:29 T.id moves from b (Bureau B) at b:2:29 to a (Bureau A) at a:3:37 by the label one; when the move is done, take the label off, then mark it @external there: its field sets or interfaces still name it",
            ],
        ),
        (
            "OVERRIDDEN_FIELD_CAN_BE_REMOVED",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b", label: "percent(5)") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int }',
            },
            [],
        ),
        (
            "OVERRIDE_DIRECTIVE_CAN_BE_REMOVED",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b", label: "one") }',
                "b": 'type T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "a:3:44 a (Bureau A) at a:3:44 overrides T.a from b, which no longer has it; take @override out",
            ],
        ),
        (
            "OVERRIDE_DIRECTIVE_CAN_BE_REMOVED",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
                "b": 'type T @key(fields: "id") { id: ID! b: Int }',
            },
            [
                "a:3:44 a (Bureau A) at a:3:44 overrides T.a from b, which no longer has it; take @override out",
            ],
        ),
        (
            "OVERRIDE_DIRECTIVE_CAN_BE_REMOVED",
            {
                "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! a: Int @override(from: "b") }',
                "b": 'type T @key(fields: "id") { id: ID! a: Int @external r: Int @requires(fields: "a") }',
            },
            [
                "a:3:44 a (Bureau A) at a:3:44 overrides T.a from b, which has it as @external only; take @override out",
            ],
        ),
        (
            "INCONSISTENT_EXECUTABLE_DIRECTIVE_PRESENCE",
            {
                "a": "directive @d on FIELD\ntype Query { x: Int @shareable }\n",
                "b": "type Query { x: Int @shareable }\n",
            },
            [
                "a:2:1 @d is defined in a (Bureau A) at a:2:1 but not in b (Bureau B); clients cannot use it; define it in all sources",
            ],
        ),
        (
            "NO_EXECUTABLE_DIRECTIVE_INTERSECTION",
            {
                "a": "directive @d on FIELD\ntype Query { x: Int @shareable }\n",
                "b": "directive @d on QUERY\ntype Query { x: Int @shareable }\n",
            },
            [
                "a:2:1 @d is on FIELD in a (Bureau A) at a:2:1 but on QUERY in b (Bureau B) at b:2:1; clients cannot use it; give it one location in common",
            ],
        ),
        (
            "NO_EXECUTABLE_DIRECTIVE_INTERSECTION",
            {
                "a": "directive @d on FIELD\ntype Query { x: Int @shareable }\n",
                "b": "directive @d(a: Int!) on OBJECT\ntype Query { x: Int @shareable }\n",
            },
            [
                "a:2:1 @d is on FIELD in a (Bureau A) at a:2:1 but on no part of operations in b (Bureau B) at b:2:1; clients cannot use it; give it one location in common",
            ],
        ),
        (
            "INCONSISTENT_EXECUTABLE_DIRECTIVE_LOCATIONS",
            {
                "a": "directive @d on FIELD\ntype Query { x: Int @shareable }\n",
                "b": "directive @d on FIELD | QUERY\ntype Query { x: Int @shareable }\n",
            },
            [
                "a:2:1 @d is on FIELD in a (Bureau A) at a:2:1 but on FIELD | QUERY in b (Bureau B) at b:2:1; clients may use it on FIELD; define it alike in all sources",
            ],
        ),
        (
            "INCONSISTENT_EXECUTABLE_DIRECTIVE_REPEATABLE",
            {
                "a": "directive @d repeatable on FIELD\ntype Query { x: Int @shareable }\n",
                "b": "directive @d on FIELD\ntype Query { x: Int @shareable }\n",
            },
            [
                "a:2:1 @d is repeatable in a (Bureau A) at a:2:1 but not repeatable in b (Bureau B) at b:2:1; clients may not repeat it; define it alike in all sources",
            ],
        ),
        (
            "INCONSISTENT_DESCRIPTION",
            {
                "a": 'type Query { "one" x: Int @shareable }',
                "b": 'type Query { "two" x: Int @shareable }',
            },
            [
                "a:2:14 Query.x is described as 'one' in a (Bureau A) at a:2:14 but 'two' in b (Bureau B) at b:2:14; clients see 'one'; describe it alike in all sources",
            ],
        ),
        (
            "INCONSISTENT_DESCRIPTION",
            {
                "a": '"one" schema { query: Query }\ntype Query { x: Int @shareable }',
                "b": '"two" schema { query: Query }\ntype Query { x: Int @shareable }',
            },
            [
                "a:1:1 the schema is described as 'one' in a (Bureau A) at a:1:1 but 'two' in b (Bureau B) at b:1:1; clients see 'one'; describe it alike in all sources",
            ],
        ),
        (
            "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
            {
                "a": 'type Query { x: Int @shareable @deprecated(reason: "old") }',
                "b": 'type Query { x: Int @shareable @deprecated(reason: "worn") }',
            },
            [
                "a:2:14 @deprecated on Query.x says 'old' in a (Bureau A) at a:2:14 but 'worn' in b (Bureau B) at b:2:14; 'old' stands; write the same in all sources",
            ],
        ),
        (
            "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
            {
                "a": 'type Query { x: Int @shareable }\nscalar S @specifiedBy(url: "https://example.com/a")',
                "b": 'type Query { x: Int @shareable }\nscalar S @specifiedBy(url: "https://example.com/b")',
            },
            [
                "a:3:1 @specifiedBy on S says 'https://example.com/a' in a (Bureau A) at a:3:1 but 'https://example.com/b' in b (Bureau B) at b:3:1; 'https://example.com/a' stands; write the same in all sources",
            ],
        ),
        (
            "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
            {
                "a": 'type Query { x: Int @shareable @deprecated(reason: "old") }',
                "b": 'type Query { x: Int @shareable @deprecated(reason: "worn") }',
                "c": 'type Query { x: Int @shareable @deprecated(reason: "worn") }',
            },
            [
                "a:2:14 @deprecated on Query.x says 'old' in a (Bureau A) at a:2:14 but 'worn' in b (Bureau B) at b:2:14 and c (Bureau C) at c:2:14; 'worn' stands; write the same in all sources",
            ],
        ),
        (
            "INCONSISTENT_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"]) @link(url: "https://example.com/seals/v1.0", import: ["@seal"]) @composeDirective(name: "@seal")\ndirective @seal(by: String, n: Int = 1) on FIELD_DEFINITION\ntype Query { x: Int @shareable @seal(by: "x") }',
                "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"]) @link(url: "https://example.com/seals/v1.0", import: ["@seal"]) @composeDirective(name: "@seal")\ndirective @seal(by: String, n: Int = 1) on FIELD_DEFINITION\ntype Query { x: Int @shareable @seal(by: "y") }',
            },
            [
                'a:3:14 @seal on Query.x says (by: "x") in a (Bureau A) at a:3:14 but (by: "y") in b (Bureau B) at b:3:14; (by: "x") stands; write the same in all sources',
            ],
        ),
        (
            "MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
            {
                "a": 'type Query { x: Int @shareable @policy(policies: [["p"]]) }',
                "b": 'type Query { x: Int @shareable @policy(policies: [["q", "r"], ["s"]]) }',
            },
            [
                "a:2:14 @policy on Query.x asks for p in a (Bureau A) at a:2:14 but q+r or s in b (Bureau B) at b:2:14; all hold together; write the same in all sources if one is meant",
            ],
        ),
        (
            "MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
            {
                "a": 'type Query { i: I }\ninterface I { n: Int }\ntype T implements I { n: Int @policy(policies: [["p"]]) }\ntype U implements I { n: Int @policy(policies: [["q"]]) }',
            },
            [
                "a:4:23 @policy on I.n asks for p in a (Bureau A) at a:4:23 but q in a (Bureau A) at a:5:23; all hold together; write the same in all sources if one is meant",
            ],
        ),
        (
            "MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
            {
                "a": 'type Query { i: I }\ninterface I @key(fields: "id") { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! more: Int @shareable @policy(policies: [["p"]]) }',
                "b": 'type I @interfaceObject @key(fields: "id") { id: ID! more: Int @shareable @policy(policies: [["q"]]) }',
            },
            [
                "b:2:54 @policy on I.more asks for q in b (Bureau B) at b:2:54 but p in a (Bureau A) at a:4:50; all hold together; write the same in all sources if one is meant",
                "a:4:50 @policy on T.more asks for p in a (Bureau A) at a:4:50 but q in b (Bureau B) at b:2:54; all hold together; write the same in all sources if one is meant",
            ],
        ),
        (
            "MERGED_NON_REPEATABLE_DIRECTIVE_ARGUMENTS",
            {
                "a": "type Query { x: Int @shareable @cost(weight: 1) }",
                "b": "type Query { x: Int @shareable @cost(weight: 2) }",
            },
            [
                "a:2:14 @cost on Query.x says (weight: 1) in a (Bureau A) at a:2:14 but (weight: 2) in b (Bureau B) at b:2:14; the dearest stands; write the same in all sources if one is meant",
            ],
        ),
        (
            "INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN",
            {
                "a": "type Query { u: U @shareable }\nunion U = A | B\ntype A @shareable { a: Int }\ntype B @shareable { a: Int }",
                "b": "type Query { u: U @shareable }\nunion U = A\ntype A @shareable { a: Int }",
            },
            [
                "a:2:14 Query.u is shared, and can be A and B in a (Bureau A) at a:2:14 but A in b (Bureau B) at b:2:14; see that it is never anything but A while it is shared",
            ],
        ),
        (
            "DIRECTIVE_COMPOSITION_INFO",
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
                "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v2.0", import: ["@seal"])\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "a:2:1 https://example.com/seals is v1.0 in a (Bureau A) at a:2:1 but v2.0 in b (Bureau B) at b:2:1; link one major version in all sources",
            ],
        ),
        (
            "DIRECTIVE_COMPOSITION_INFO",
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective", "@tag"])\n@composeDirective(name: "@tag")\ntype Query { x: Int @shareable }',
            },
            [
                "a:2:1 a (Bureau A) at a:2:1 composes @tag, which is composed anyway; take this @composeDirective out",
            ],
        ),
        (
            "DIRECTIVE_COMPOSITION_INFO",
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0")\ntype Query { x: Int @shareable }',
                "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v2.0")\ntype Query { x: Int @shareable }',
            },
            [
                "a:2:1 https://example.com/seals is v1.0 in a (Bureau A) at a:2:1 but v2.0 in b (Bureau B) at b:2:1; link one major version in all sources",
            ],
        ),
        (
            "DIRECTIVE_COMPOSITION_WARN",
            {
                "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
                "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: [{name: "@seal", as: "@mark"}])\ndirective @mark(by: String) on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            },
            [
                "a:2:1 the composed directive @seal is @seal in a (Bureau A) at a:2:1 but @mark in b (Bureau B) at b:2:1; import it by one name in all sources",
            ],
        ),
    ],
)
def test_told_with_places_and_what_to_do(code: str, sources: dict[str, str], expected: list[str]) -> None:
    assert hinted(code, **sources) == expected


@pytest.mark.parametrize(
    "sources",
    [
        {
            "a": "type Query { x(i: I): Int }\ninput I { a: Int b: Int @inaccessible }",
            "b": "type Query { y(i: I): Int }\ninput I { a: Int }",
        },
        {
            "a": 'type Query { t: T }\ntype T @key(fields: "id") { id: ID! v: V @provides(fields: "a") }\ntype V @shareable { a: Int @external }',
            "b": "type V @shareable { a: Int b: Int }",
        },
        {
            "a": 'type Query { i: I }\ninterface I { id: ID! }\ntype T implements I @key(fields: "id") { id: ID! }',
            "b": 'type I @interfaceObject @key(fields: "id") { id: ID! more: Int }',
        },
        {
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0", import: ["@seal"])\n@composeDirective(name: "@seal")\ndirective @seal on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
            "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"])\n@link(url: "https://example.com/seals/v1.0")\ndirective @seals__seal on FIELD_DEFINITION\ntype Query { x: Int @shareable }',
        },
        {
            "a": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"]) @link(url: "https://example.com/seals/v1.0", import: ["@seal"]) @composeDirective(name: "@seal")\ndirective @seal(by: String, n: Int = 1) on FIELD_DEFINITION\ntype Query { x: Int @shareable @seal(by: "x") }',
            "b": 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@shareable", "@composeDirective"]) @link(url: "https://example.com/seals/v1.0", import: ["@seal"]) @composeDirective(name: "@seal")\ndirective @seal(by: String, n: Int = 1) on FIELD_DEFINITION\ntype Query { x: Int @shareable @seal(by: "x", n: 1) }',
        },
        {
            "a": 'type Query { t: T u: U @shareable }\ntype T @key(fields: "id") { id: ID! "one" a(n: Int = 1): E @shareable }\nenum E { A B }\nunion U = V\ntype V @shareable { n: Int }',
            "b": 'type Query { u: U @shareable }\ntype T @key(fields: "id") { id: ID! a(n: Int = 1): E @shareable b: Int }\nenum E { A B }\nunion U = V\ntype V @shareable { n: Int }',
        },
    ],
)
def test_sources_that_agree_are_not_hinted_at(sources: dict[str, str]) -> None:
    assert merged(**sources).hints == []


def test_what_one_source_has_for_incremental_delivery_is_not_hinted_at() -> None:
    sdl = "directive @defer(if: Boolean) on FRAGMENT_SPREAD | INLINE_FRAGMENT\ntype Query { x: Int }"
    assert merged(a=sdl, b="type Query { y: Int }").hints == []


def test_of_very_many_hints_the_first_are_told_and_that_there_are_more() -> None:
    fields = " ".join(f"f{number}: Int" for number in range(1_200))
    hints = merged(
        a=f"type Query {{ v: V }}\ntype V @shareable {{ {fields} }}", b="type V @shareable { f0: Int }"
    ).hints
    assert len(hints) == 1_001
    assert "there are more findings than are shown" in hints[-1]

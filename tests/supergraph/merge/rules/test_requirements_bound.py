"""What several sources require of one element can be multiplied out."""

import pytest

from tests.supergraph.merge.sources import told


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (
            {
                "a": 'type Query { x: Int @shareable @requiresScopes(scopes: [["s0"], ["s1"], ["s2"], ["s3"], ["s4"], ["s5"], ["s6"], ["s7"], ["s8"], ["s9"], ["s10"], ["s11"], ["s12"], ["s13"], ["s14"], ["s15"], ["s16"], ["s17"], ["s18"], ["s19"]]) }',
                "b": 'type Query { x: Int @shareable @requiresScopes(scopes: [["t0"], ["t1"], ["t2"], ["t3"], ["t4"], ["t5"], ["t6"], ["t7"], ["t8"], ["t9"], ["t10"], ["t11"], ["t12"], ["t13"], ["t14"], ["t15"], ["t16"], ["t17"], ["t18"], ["t19"]]) }',
            },
            [
                "UNSUPPORTED_FEATURE a:2:14 Query.x has @requiresScopes in a (Bureau A) at a:2:14 and b (Bureau B) at b:2:14 with more than 256 alternatives in all",
            ],
        ),
    ],
)
def test_what_breaks_the_rule_is_found(sources: dict[str, str], expected: list[str]) -> None:
    assert told(**sources) == expected


@pytest.mark.parametrize(
    "sources",
    [
        {
            "a": 'type Query { x: Int @shareable @requiresScopes(scopes: [["s0"], ["s1"], ["s2"], ["s3"], ["s4"], ["s5"], ["s6"], ["s7"], ["s8"], ["s9"], ["s10"], ["s11"], ["s12"], ["s13"], ["s14"], ["s15"], ["s16"], ["s17"], ["s18"], ["s19"]]) }',
            "b": 'type Query { x: Int @shareable @requiresScopes(scopes: [["s0"], ["s1"], ["s2"], ["s3"], ["s4"], ["s5"], ["s6"], ["s7"], ["s8"], ["s9"], ["s10"], ["s11"], ["s12"], ["s13"], ["s14"], ["s15"], ["s16"], ["s17"], ["s18"], ["s19"]]) }',
        },
    ],
)
def test_what_keeps_the_rule_passes(sources: dict[str, str]) -> None:
    assert told(**sources) == []

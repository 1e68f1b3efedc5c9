"""Contexts of a composed supergraph are read where it is composed or compared; who serves it refuses them."""

import pytest

from gateway.errors import ConfigurationError
from gateway.supergraph.join import contexts as join_contexts
from gateway.supergraph.join import read_supergraph
from gateway.supergraph.model import ContextArgument, KeyField
from tests.supergraph.composed import SPECS, written

LINK = f'@link(url: "{SPECS}/context/v0.1", for: SECURITY)'
SETTING = """
union T @join__type(graph: A) @join__unionMember(graph: A, member: "V") @join__unionMember(graph: A, member: "W")
  @context(name: "a__c") = V | W
type V @join__type(graph: A) { n: Int u: U }
type W @join__type(graph: A) { m: Int u: U }
"""


def taking(argument: str) -> str:
    field = f"x: Int @join__field(graph: A, contextArguments: [{argument}])"
    return written(f'{SETTING}type U @join__type(graph: A, key: "id") {{ id: ID! {field} }}', LINK)


WHOLE = taking('{context: "a__c", name: "n", type: "Int", selection: " { ... on V { n } ... on W { m } }"}')


def test_each_type_that_sets_a_context_gives_its_own_value() -> None:
    read = read_supergraph(WHOLE, "supergraph", contexts=True).supergraph
    assert read.field("U", "x").sources["a-source"].context_arguments == (
        ContextArgument("n", "Int", "a__c", {"V": (KeyField("n"),), "W": (KeyField("m"),)}),
    )


def test_who_serves_it_refuses_it() -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_supergraph(WHOLE, "supergraph")
    assert [finding.code for finding in refused.value.findings] == ["UNSUPPORTED_FEATURE"] * 2


@pytest.mark.parametrize(
    ("argument", "message"),
    [
        ('{context: "a__c", name: "n", type: "Int"}', "an argument of a context lacks a part"),
        ("3", "an argument of a context lacks a part"),
        ('{context: "a__c", name: "n", type: "Int", selection: "{"}', "V: the field set '{' does not parse"),
        ('{context: "a__c", name: "n", type: "Int", selection: "n"}', "W: the field set 'n' names W.n"),
    ],
)
def test_a_damaged_context_is_refused(argument: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_supergraph(taking(argument), "supergraph", contexts=True)
    finding = refused.value.findings[0]
    assert (finding.code, finding.message.startswith(message)) == ("SUPERGRAPH_INVALID", True), finding


def test_values_that_multiply_out_to_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join_contexts, "MAX_VALUES", 1)
    with pytest.raises(ConfigurationError, match="fields take more than 1 values from contexts"):
        read_supergraph(WHOLE, "supergraph", contexts=True)

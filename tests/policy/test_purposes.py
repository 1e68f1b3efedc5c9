"""Which purpose a request has: stated, or the only default of its roles."""

from pathlib import Path
from typing import Any

import pytest

from gateway.policy import Policy, PurposeNotPermitted, PurposeRequired, load_policy

PURPOSES = {
    "open": {"zh": "公开", "en": "Open", "basis": "law", "default_for": ["anonymous"]},
    "self": {"zh": "本人", "en": "Own", "basis": "law", "default_for": ["citizen"]},
    "move": {"zh": "迁移", "en": "Move", "basis": "law", "default_for": ["clerk"]},
    "audit": {"zh": "审计", "en": "Audit", "basis": "law"},
}
EVERYTHING = frozenset(PURPOSES)


@pytest.fixture(scope="module")
def policy(supergraph_of: Any, write_policy: Any, tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """A policy of purposes alone."""
    directory: Path = write_policy(
        tmp_path_factory.mktemp("policy"),
        {
            "labels.yaml": {"levels": ["low"], "categories": {}},
            "roles.yaml": {role: {"level": "low"} for role in ("anonymous", "citizen", "clerk")},
            "purposes.yaml": PURPOSES,
        },
    )
    return load_policy(directory, supergraph_of("type Thing { id: ID }"))


@pytest.mark.parametrize(
    ("roles", "permitted", "stated", "expected"),
    [
        ({"anonymous"}, set(), None, "open"),
        ({"anonymous"}, set(), "open", "open"),
        ({"anonymous"}, set(), "self", PurposeNotPermitted),
        ({"anonymous"}, set(), "audit", PurposeNotPermitted),
        ({"citizen"}, {"self"}, None, "self"),
        ({"citizen"}, {"self", "audit"}, "audit", "audit"),
        ({"citizen"}, {"audit"}, None, PurposeRequired),  # the default is not permitted
        ({"citizen"}, {"self"}, "move", PurposeNotPermitted),
        ({"citizen"}, {"self"}, "open", PurposeNotPermitted),  # a token has to permit that, too
        ({"citizen"}, {"open"}, "open", "open"),
        ({"citizen", "clerk"}, {"self", "move"}, None, PurposeRequired),  # two defaults
        ({"citizen", "clerk"}, {"self", "move"}, "move", "move"),
        ({"citizen", "anonymous"}, {"audit"}, "open", PurposeNotPermitted),
        ({"citizen"}, {"unknown"}, "unknown", PurposeNotPermitted),
        ({"citizen"}, set(), "", PurposeNotPermitted),
        (set(), set(), None, PurposeRequired),
    ],
)
def test_a_request_has_the_purpose_that_its_token_permits(
    policy: Policy, roles: set[str], permitted: set[str], stated: str | None, expected: Any
) -> None:
    if isinstance(expected, str):
        assert policy.resolve_purpose(frozenset(roles), frozenset(permitted), stated) == expected
    else:
        with pytest.raises(expected) as caught:
            policy.resolve_purpose(frozenset(roles), frozenset(permitted), stated)
        assert not any(purpose in str(caught.value) for purpose in EVERYTHING | {"unknown"})

"""Tokens: only what the issuer signed for this gateway, and not long ago, proves who is asking."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from gateway.identity import ANONYMOUS, Principal, TokenRejected, Verifier

ISSUER = "https://id.example.gov"
KEY = Ed25519PrivateKey.generate()
PEM = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
VERIFIER = Verifier(ISSUER, PEM)
SOON = timedelta(hours=1)


def _payload(**changes: Any) -> dict[str, Any]:
    payload = {
        "iss": ISSUER,
        "aud": "huitong",
        "sub": "clerk-1",
        "exp": datetime.now(UTC) + SOON,
        "roles": ["service_clerk"],
        "purposes": ["service.household_move"],
        "division": "330203",
    }
    return {key: value for key, value in {**payload, **changes}.items() if value is not ...}


def _token(**changes: Any) -> str:
    return jwt.encode(_payload(**changes), KEY, algorithm="EdDSA")


def test_a_good_token_is_a_principal() -> None:
    assert VERIFIER.verify(_token()) == Principal(
        subject="clerk-1",
        roles=frozenset({"service_clerk"}),
        purposes=frozenset({"service.household_move"}),
        claims={"division": ("330203",)},
    )


def test_a_caller_without_a_token_has_one_role_and_no_purpose_of_its_own() -> None:
    assert Principal(None, frozenset({"anonymous"}), frozenset(), {}) == ANONYMOUS


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://other.example"}, "InvalidIssuerError"),
        ({"iss": ...}, "MissingRequiredClaimError"),
        ({"aud": "another-service"}, "InvalidAudienceError"),
        ({"aud": ...}, "MissingRequiredClaimError"),
        ({"exp": ...}, "MissingRequiredClaimError"),
        ({"exp": "soon"}, "DecodeError"),
        ({"exp": 1e400}, "DecodeError"),
        ({"nbf": datetime.now(UTC) + SOON}, "ImmatureSignatureError"),
        ({"sub": ""}, "claim sub is no text of 1 to 256 characters"),
        ({"sub": "x" * 300}, "claim sub is no text of 1 to 256 characters"),
        ({"roles": "registrar"}, "claim roles is no list of at most 64 names"),
        ({"roles": ["a"] * 65}, "claim roles is no list of at most 64 names"),
        ({"roles": [1]}, "claim roles holds something that is no name"),
        ({"roles": ["two words"]}, "claim roles holds something that is no name"),
        ({"roles": ["line\n"]}, "claim roles holds something that is no name"),
        ({"purposes": {"a": 1}}, "claim purposes is no list of at most 64 names"),
        ({"purposes": None}, "claim purposes is no list of at most 64 names"),
        ({f"claim{number}": "x" for number in range(64)}, "more than 64 claims"),
    ],
)
def test_a_token_with_a_wrong_claim_proves_nothing(changes: Mapping[str, Any], reason: str) -> None:
    token = _token(**changes)
    with pytest.raises(TokenRejected) as caught:
        VERIFIER.verify(token)
    assert caught.value.reason == reason
    assert str(caught.value) == "the bearer token is not valid"


def test_an_expired_token_says_so() -> None:
    with pytest.raises(TokenRejected, match="has expired; ask for a new one"):
        VERIFIER.verify(_token(exp=datetime.now(UTC) - SOON))


@pytest.mark.parametrize(
    ("claim", "values"),
    [
        ("330203", ("330203",)),
        (["330203", "330212"], ("330203", "330212")),
        (None, None),
        ("", None),
        ([], None),
        (["330203", None], None),
        (330203, None),
        ({"code": "330203"}, None),
        ("x" * 257, None),
        (["330203"] * 65, None),
    ],
)
def test_a_claim_that_is_malformed_is_as_if_missing(claim: Any, values: tuple[str, ...] | None) -> None:
    assert VERIFIER.verify(_token(division=claim)).claims.get("division") == values


def test_a_token_may_name_nothing_but_its_bearer() -> None:
    principal = VERIFIER.verify(_token(roles=..., purposes=..., division=..., sub=...))
    assert principal == Principal(None, frozenset(), frozenset(), {})


def _unsigned() -> str:
    return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part({**_payload(), 'exp': 4102444800})}."


def _signed_with_the_public_key_as_a_secret() -> str:
    header = _part({"alg": "HS256", "typ": "JWT"})
    body = _part({**_payload(), "exp": 4102444800})
    signature = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(
        f"{header}.{body}".encode(), PEM
    )
    return f"{header}.{body}.{base64.urlsafe_b64encode(signature).decode().rstrip('=')}"


def _part(value: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def _signed_by_somebody_else() -> str:
    return jwt.encode(_payload(), Ed25519PrivateKey.generate(), algorithm="EdDSA")


def _changed() -> str:
    header, _, signature = _token().split(".")
    return f"{header}.{_part({**_payload(), 'exp': 4102444800, 'roles': ['registrar']})}.{signature}"


def _with_a_critical_header() -> str:
    return jwt.encode(_payload(), KEY, algorithm="EdDSA", headers={"crit": ["exotic"], "exotic": 1})


def _nested() -> str:
    return f"{base64.urlsafe_b64encode(b'[' * 5000).decode()}.e30.x"


@pytest.mark.parametrize(
    "make",
    [
        _unsigned,
        _signed_with_the_public_key_as_a_secret,
        _signed_by_somebody_else,
        _changed,
        _with_a_critical_header,
        _nested,
        lambda: "",
        lambda: "x" * 9000,
        lambda: "a.b",
        lambda: "a.b.c.d",
        lambda: _token() + "é",
        lambda: _token()[:-4],
        lambda: _token(padding="x" * 8192),
    ],
)
def test_a_forged_token_proves_nothing_and_is_not_repeated(make: Callable[[], str]) -> None:
    token = make()
    with pytest.raises(TokenRejected) as caught:
        VERIFIER.verify(token)
    said = f"{caught.value} {caught.value.reason}"
    assert not any(len(part) > 3 and part in said for part in token.split("."))
    assert caught.value.__cause__ is None


@given(st.text(max_size=200))
def test_rubbish_proves_nothing(token: str) -> None:
    with pytest.raises(TokenRejected):
        VERIFIER.verify(token)


def test_keys_of_other_kinds_bring_their_own_algorithm() -> None:
    elliptic = ec.generate_private_key(ec.SECP256R1())
    principal = Verifier(ISSUER, elliptic.public_key()).verify(
        jwt.encode(_payload(), elliptic, algorithm="ES256")
    )
    assert principal.subject == "clerk-1"
    classic = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    principal = Verifier(ISSUER, classic.public_key()).verify(
        jwt.encode(_payload(), classic, algorithm="RS256")
    )
    assert principal.subject == "clerk-1"
    with pytest.raises(TokenRejected):
        Verifier(ISSUER, classic.public_key()).verify(jwt.encode(_payload(), classic, algorithm="PS256"))


def test_weak_or_unfit_keys_are_refused() -> None:
    with pytest.raises(ValueError, match="P-256"):
        Verifier(ISSUER, ec.generate_private_key(ec.SECP384R1()).public_key())
    with pytest.raises(ValueError, match="2048 bits"):
        Verifier(ISSUER, rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key())  # noqa: S505  # weak on purpose
    exchange = X25519PrivateKey.generate().public_key()
    with pytest.raises(ValueError, match="must be Ed25519, EC P-256 or RSA"):
        Verifier(ISSUER, exchange.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    with pytest.raises(ValueError, match=r".+"):
        Verifier(ISSUER, "no key at all")

"""Verifying bearer tokens: JWTs of one issuer, signed with one key, meant for this gateway.

The algorithm follows from the key that the operator configured, never from the token.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import jwt
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from gateway.identity.principal import Principal

AUDIENCE: Final = "huitong"
MAX_TOKEN_BYTES: Final = 8 * 1024
LEEWAY_SECONDS: Final = 5
_MAX_NAMES: Final = 64  # roles, purposes, or values of one claim
_MAX_TEXT: Final = 256  # characters of a subject or of a claim's value
_MIN_RSA_BITS: Final = 2048
_RESERVED: Final = frozenset({"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "roles", "purposes"})
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")

PublicKey: TypeAlias = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey
Payload: TypeAlias = Mapping[str, Any]  # JSON of the issuer's, checked claim by claim


class TokenRejected(Exception):
    """A token that proves nothing. The message is for the client; `reason` is for operators' logs.

    Neither ever holds the token or a part of it.
    """

    def __init__(self, reason: str, message: str = "the bearer token is not valid") -> None:
        super().__init__(message)
        self.reason = reason


class Verifier:
    """Turns bearer tokens of one issuer into principals."""

    def __init__(self, issuer: str, public_key: str | bytes | PublicKey) -> None:
        """`public_key`: a key or its PEM text. Ed25519, EC P-256 and RSA (2048 bits and more) are accepted.

        Raises ValueError when the key cannot be used.
        """
        key = _load(public_key) if isinstance(public_key, str | bytes) else public_key
        self._issuer = issuer
        self._key = key
        self._algorithm = _algorithm_of(key)

    def verify(self, token: str) -> Principal:
        """The principal that `token` (the text after `Bearer `) proves. Raises TokenRejected."""
        if not token or not token.isascii() or len(token) > MAX_TOKEN_BYTES:
            raise TokenRejected("empty, not ASCII, or larger than 8 KiB")
        return _principal(self._payload(token))

    def _payload(self, token: str) -> Payload:
        try:
            payload: Payload = jwt.decode(
                token,
                self._key,
                algorithms=[self._algorithm],
                audience=AUDIENCE,
                issuer=self._issuer,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iss", "aud"]},
            )
        except jwt.ExpiredSignatureError:
            raise TokenRejected("expired", "the bearer token has expired; ask for a new one") from None
        except (jwt.PyJWTError, ValueError, TypeError, OverflowError, RecursionError) as error:
            # The library's texts may quote the token; the class says enough.
            raise TokenRejected(type(error).__name__) from None
        return payload


def _load(pem: str | bytes) -> PublicKey:
    key = load_pem_public_key(pem.encode() if isinstance(pem, str) else pem)
    if not isinstance(key, Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey):
        raise ValueError("the key that verifies tokens must be Ed25519, EC P-256 or RSA")
    return key


def _algorithm_of(key: PublicKey) -> str:
    if isinstance(key, Ed25519PublicKey):
        return "EdDSA"
    if isinstance(key, EllipticCurvePublicKey):
        if not isinstance(key.curve, SECP256R1):
            raise ValueError("an EC key that verifies tokens must be on the curve P-256")
        return "ES256"
    if key.key_size < _MIN_RSA_BITS:
        raise ValueError(f"an RSA key that verifies tokens needs at least {_MIN_RSA_BITS} bits")
    return "RS256"


def _principal(payload: Payload) -> Principal:
    if len(payload) > _MAX_NAMES:
        raise TokenRejected(f"more than {_MAX_NAMES} claims")
    claims = {
        name: values for name, value in payload.items() if name not in _RESERVED and (values := _claim(value))
    }
    return Principal(
        subject=_subject(payload.get("sub")),
        roles=_names(payload, "roles"),
        purposes=_names(payload, "purposes"),
        claims=MappingProxyType(claims),
    )


def _subject(value: object) -> str | None:
    if value is None:
        return None
    if not _is_text(value):
        raise TokenRejected("claim sub is no text of 1 to 256 characters")
    return str(value)


def _names(payload: Payload, claim: str) -> frozenset[str]:
    """Roles or purposes: a list of names. Anything else refuses the token, since half of it would mislead."""
    values = payload.get(claim, [])
    if not isinstance(values, list) or len(values) > _MAX_NAMES:
        raise TokenRejected(f"claim {claim} is no list of at most {_MAX_NAMES} names")
    if not all(isinstance(value, str) and _NAME.fullmatch(value) for value in values):
        raise TokenRejected(f"claim {claim} holds something that is no name")
    return frozenset(values)


def _claim(value: object) -> tuple[str, ...]:
    """The texts of a claim that guards compare with; none when it is malformed: its guards are then false."""
    values = value if isinstance(value, list) else [value]
    if len(values) > _MAX_NAMES or not all(_is_text(item) for item in values):
        return ()
    return tuple(values)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _MAX_TEXT

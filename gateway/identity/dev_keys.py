"""The key of a development issuer: made once in a private file, to sign tokens for personas.

Production tokens come from the deployment's own identity provider; the gateway holds no
private key there.
"""

import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from gateway.errors import ConfigurationError, Finding
from gateway.identity.tokens import AUDIENCE

PRIVATE_FILE: Final = "dev-key.pem"
PUBLIC_FILE: Final = "dev-key.pub.pem"


@dataclass(frozen=True, slots=True)
class DevKey:
    """An Ed25519 key pair of the issuer `issuer`."""

    issuer: str
    private_key: Ed25519PrivateKey = field(repr=False)

    @classmethod
    def load_or_create(cls, directory: Path, issuer: str = "huitong-dev") -> "DevKey":
        """The key pair kept in `directory`, made there when there is none.

        `dev-key.pem` is readable by its owner alone; `dev-key.pub.pem` is for the gateway's
        configuration. Raises ConfigurationError when the private file is open to others or
        is no Ed25519 key.
        """
        directory.mkdir(parents=True, exist_ok=True)
        private_file = directory / PRIVATE_FILE
        if not private_file.exists():
            _create(private_file)
        key = cls(issuer, _read(private_file))
        _replace(directory / PUBLIC_FILE, key.public_pem)
        return key

    @property
    def public_pem(self) -> bytes:
        """The public key as PEM, for `Verifier`."""
        return self.private_key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    def sign(
        self,
        subject: str,
        roles: Iterable[str],
        purposes: Iterable[str],
        claims: Mapping[str, str] | None = None,
        lifetime: timedelta = timedelta(hours=12),
        now: datetime | None = None,
    ) -> str:
        """A token for `subject` that ends `lifetime` after `now` (the present when None)."""
        issued = now or datetime.now(UTC)
        payload: dict[str, Any] = {  # JSON
            **(claims or {}),
            "iss": self.issuer,
            "aud": AUDIENCE,
            "sub": subject,
            "iat": issued,
            "exp": issued + lifetime,
            "roles": sorted(roles),
            "purposes": sorted(purposes),
        }
        return jwt.encode(payload, self.private_key, algorithm="EdDSA")


def _create(path: Path) -> None:
    """Write a new private key, unless another process has just done so."""
    pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = _draft(path, pem)
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _replace(path: Path, content: bytes) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    draft = _draft(path, content)
    draft.replace(path)
    path.chmod(0o644)


def _draft(path: Path, content: bytes) -> Path:
    """A file beside `path` that only its owner can read, from its first byte on."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return Path(name)


def _read(path: Path) -> Ed25519PrivateKey:
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise _unusable(path, "the private key can be read by others", f"chmod 600 {path}, or delete it")
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError):
        raise _unusable(path, "this is no private key", "delete it; a new one is made") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise _unusable(path, "this key is not Ed25519", "delete it; a new one is made")
    return key


def _unusable(path: Path, message: str, remedy: str) -> ConfigurationError:
    return ConfigurationError([Finding("IDENTITY_KEY", message, remedy, path)])

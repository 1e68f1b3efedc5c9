"""The development issuer's key: private, made once, and good for tokens that the gateway accepts."""

import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from gateway.errors import ConfigurationError
from gateway.identity import DevKey, Principal, TokenRejected, Verifier


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    directory = tmp_path / "keys"
    first, second = DevKey.load_or_create(directory), DevKey.load_or_create(directory)
    assert first.public_pem == second.public_pem == (directory / "dev-key.pub.pem").read_bytes()
    assert stat.S_IMODE((directory / "dev-key.pem").stat().st_mode) == 0o600
    assert sorted(path.name for path in directory.iterdir()) == ["dev-key.pem", "dev-key.pub.pem"]


def test_two_that_start_at_once_agree_on_the_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: DevKey.load_or_create(tmp_path).public_pem, range(16)))
    assert len(set(keys)) == 1


def test_a_key_that_another_process_has_just_made_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = DevKey.load_or_create(tmp_path / "other")

    def link(draft: Path, path: Path) -> None:
        shutil.copy(tmp_path / "other" / "dev-key.pem", path)
        raise FileExistsError

    monkeypatch.setattr("os.link", link)
    assert DevKey.load_or_create(tmp_path / "here").public_pem == other.public_pem


def test_the_gateway_accepts_the_tokens_until_they_end(tmp_path: Path) -> None:
    key = DevKey.load_or_create(tmp_path)
    verifier = Verifier(key.issuer, key.public_pem)
    principal = verifier.verify(key.sign("li", ["clerk"], ["move"], {"division": "330203"}))
    assert principal == Principal("li", frozenset({"clerk"}), frozenset({"move"}), {"division": ("330203",)})
    past = datetime.now(UTC) - timedelta(days=1)
    with pytest.raises(TokenRejected, match="expired"):
        verifier.verify(key.sign("li", [], [], lifetime=timedelta(hours=1), now=past))


def test_a_persons_claims_cannot_stand_in_for_the_tokens_own(tmp_path: Path) -> None:
    key = DevKey.load_or_create(tmp_path)
    principal = Verifier(key.issuer, key.public_pem).verify(
        key.sign("li", ["clerk"], [], {"sub": "wang", "iss": "x", "roles": "registrar"})
    )
    assert principal == Principal("li", frozenset({"clerk"}), frozenset(), {})


def test_the_private_key_is_not_shown(tmp_path: Path) -> None:
    assert "private_key" not in repr(DevKey.load_or_create(tmp_path))


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    DevKey.load_or_create(tmp_path)
    (tmp_path / "dev-key.pem").chmod(0o640)
    with pytest.raises(ConfigurationError, match="can be read by others; chmod 600"):
        DevKey.load_or_create(tmp_path)


@pytest.mark.parametrize("content", [b"", b"rubbish", "another kind"])
def test_a_file_that_is_no_such_key_is_refused(tmp_path: Path, content: bytes | str) -> None:
    if isinstance(content, str):
        content = ec.generate_private_key(ec.SECP256R1()).private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
    file = tmp_path / "dev-key.pem"
    file.write_bytes(content)
    file.chmod(0o600)
    with pytest.raises(ConfigurationError, match="delete it; a new one is made"):
        DevKey.load_or_create(tmp_path)

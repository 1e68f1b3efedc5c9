"""Where sources may be asked: encrypted, without credentials in the address, or on this machine."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit


def wrong_with(address: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a source's address, if anything, and what to write instead. The address is not repeated."""
    try:
        url = urlsplit(address)
        host, _ = url.hostname, url.port
    except ValueError:
        host, url = None, urlsplit("")
    if url.scheme not in ("http", "https") or not host:
        yield "is no HTTP address", "https://HOST[:PORT][/PATH]"
    elif url.username is not None or url.password is not None:
        yield "holds credentials", "an address without them"
    elif url.scheme == "http" and not _is_loopback(host):
        yield "is not encrypted", "https://…; only this machine's own sources may be asked by http://"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

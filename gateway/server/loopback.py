"""What only people on this very machine may see: operators' pages and development tokens."""

import ipaddress
from typing import Final

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_FORWARDED: Final = frozenset({b"forwarded", b"x-forwarded-for", b"x-forwarded-host", b"x-real-ip"})


class LoopbackOnly:
    """ASGI wrapper that answers 403 unless peer and `Host` are loopback and nothing was forwarded.

    The peer's address is the connection's own, whatever headers claim; a request that a proxy
    forwarded comes from elsewhere even when the proxy stands here. `Host` is checked because a
    foreign page can make its own name resolve to 127.0.0.1.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 403."""
        app = self._app if is_local(scope) else PlainTextResponse("From this machine only.\n", 403)
        await app(scope, receive, send)


def is_local(scope: Scope) -> bool:
    """True for a request from this machine, addressed to it by a name of its own."""
    headers: list[tuple[bytes, bytes]] = scope["headers"]
    client = scope.get("client")
    hosts = [value.decode("latin-1") for name, value in headers if name == b"host"]
    return (
        client is not None
        and _is_loopback(client[0])
        and not any(name in _FORWARDED for name, _ in headers)
        and len(hosts) == 1
        and _is_own_name(hosts[0])
    )


def is_loopback_host(host: str) -> bool:
    """True for `localhost` and loopback addresses."""
    return host == "localhost" or _is_loopback(host)


def _is_own_name(host: str) -> bool:
    name, colon, port = host.rpartition(":")
    if not colon or not port.isdecimal():
        name = host
    return is_loopback_host(name.removeprefix("[").removesuffix("]").lower())


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False

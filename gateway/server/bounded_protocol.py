"""HTTP/1.1 with bounds that the protocol beneath does not have: on a head, and on what follows a refusal."""

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES: Final = 64 * 1024  # request line and headers
HEAD_SECONDS: Final = 10.0
SURPLUS_BYTES: Final = 64 * 1024 * 1024  # read and thrown away, so that the client gets to see its refusal


class BoundedProtocol(HttpToolsProtocol):
    """Closes connections whose heads are too large or too slow, or that send on after they were answered."""

    _in_head = True
    _head_bytes = 0
    _surplus_bytes = 0
    _head_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as its base does
        """A connection opens; its first head must come soon."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self._stop_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count what arrives, then let it be parsed."""
        if self._in_head:
            self._head_bytes += len(data)
            if self._head_timer is None:
                self._await_head()
        elif self.cycle.response_complete:
            self._surplus_bytes += len(data)
            if self._surplus_bytes > SURPLUS_BYTES:
                self.transport.close()
                return
        super().data_received(data)
        if self._in_head and self._head_bytes > HEAD_BYTES and not self.transport.is_closing():
            self.send_400_response("The request's head is too large.")

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._in_head = False
        self._head_bytes = self._surplus_bytes = 0
        self._stop_timer()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The request is there; what comes next is another head."""
        self._in_head = True
        super().on_message_complete()

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEAD_SECONDS, self._close_if_waiting)

    def _close_if_waiting(self) -> None:
        if self._in_head and not self.transport.is_closing():
            self.transport.close()

    def _stop_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

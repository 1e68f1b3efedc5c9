"""Work that lives no longer than the client's connection."""

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, TypeVar

from starlette.types import Receive

# Seconds in which cancelled work gives back what it holds; the reply does not wait any longer.
_GRACE: Final = 1.0

Result = TypeVar("Result")


class ClientGone(Exception):
    """The client has closed the connection: nobody waits for an answer."""


async def while_connected(receive: Receive, work: Coroutine[Any, Any, Result]) -> Result:
    """The result of `work`; when the client goes first, `work` is cancelled and ClientGone raised.

    `Any`: a coroutine's other two type parameters say nothing here. The request's body has
    been read (or has none), so that all that `receive` can still bring is the disconnect.
    """
    task = asyncio.create_task(work)
    watch = asyncio.create_task(_disconnect(receive))
    try:
        await asyncio.wait((task, watch), return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            raise ClientGone
        return task.result()
    finally:
        unfinished = [one for one in (task, watch) if not one.done()]
        for one in unfinished:
            one.cancel()
        if unfinished:
            await asyncio.wait(unfinished, timeout=_GRACE)


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

"""One thread for the work of all callers, who take turns: whoever asks for much waits for it alone."""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, eq=False)
class Job(Generic[Value]):
    """Work that is done once, unless its future was cancelled before."""

    make: Callable[[], Value]
    future: Future[Value] = field(default_factory=Future)

    def run(self) -> None:
        """Fill the future, with what `make` returns or raises."""
        if self.future.done() or not self.future.set_running_or_notify_cancel():
            return
        try:
            self.future.set_result(self.make())
        except BaseException as error:
            self.future.set_exception(error)


class Turns:
    """A thread that does one job of each caller in turn, and those of one caller in the order in which they came.

    A job can stand in the queues of several callers; whose turn comes first has it done for all of them.
    """

    def __init__(self, name: str) -> None:
        self._thread = ThreadPoolExecutor(1, name)
        self._lock = Lock()
        # `Any`: jobs of all kinds. Those whose turn comes next stand first.
        self._queues: OrderedDict[Hashable, deque[Job[Any]]] = OrderedDict()

    def queue(self, caller: Hashable, job: Job[Value]) -> None:
        """Have a job done when the caller's turn has come."""
        with self._lock:
            self._queues.setdefault(caller, deque()).append(job)
        self._thread.submit(self._do_next)

    def _do_next(self) -> None:
        with self._lock:
            caller, jobs = self._queues.popitem(last=False)
            job = jobs.popleft()
            if jobs:
                self._queues[caller] = jobs
        job.run()

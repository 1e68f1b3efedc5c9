"""Changes that any part of a schema can have: its description, its deprecation."""

from collections.abc import Iterator

from gateway.supergraph.diff.model import Change, Severity


def described(old: str | None, new: str | None, at: str) -> Iterator[Change]:
    """A description that was written, changed or taken away; its words are not repeated."""
    if (old or "") != (new or ""):
        done = (
            "is described now"
            if not old
            else "is described no more"
            if not new
            else "is described in other words"
        )
        yield Change(Severity.SAFE, "DESCRIPTION_CHANGED", at, done)


def moved_deprecation(old: str | None, new: str | None, at: str) -> Iterator[Change]:
    """A deprecation that came, went or has another reason."""
    if old == new:
        return
    if old is None:
        yield Change(Severity.SAFE, "DEPRECATION_ADDED", at, f"is deprecated now: {_line(new)}")
    elif new is None:
        yield Change(Severity.SAFE, "DEPRECATION_REMOVED", at, "is deprecated no more")
    else:
        yield Change(
            Severity.SAFE, "DEPRECATION_REASON_CHANGED", at, f"is deprecated for another reason: {_line(new)}"
        )


def _line(text: str | None) -> str:
    return " ".join((text or "").split())[:200]

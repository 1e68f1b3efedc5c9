"""Guards first: a resolution taken apart into what row guards need and what waits for them."""

from dataclasses import replace

from gateway.planning.resolution import Resolution, Taken


def guard_part(resolved: Resolution) -> Resolution | None:
    """What row guards need of an object, over the raw graph: hidden rows too. None when they need nothing."""
    taken = tuple(
        replace(
            item,
            want=replace(item.want, rows=()),
            inner=item.inner and (guard_part(item.inner) or _nothing(item.inner)),
        )
        for item in resolved.taken
        if item.want.guard
    )
    hops = tuple(
        replace(hop, inner=inner) for hop in resolved.hops if (inner := guard_part(hop.inner)) is not None
    )
    return replace(resolved, taken=taken, hops=hops) if taken or hops else None


def visible_part(resolved: Resolution) -> Resolution:
    """The rest: all but what row guards need, which `guard_part` has."""
    taken = []
    for item in resolved.taken:
        if not item.want.guard:
            taken.append(item)
        elif item.inner is not None:
            rest = visible_part(item.inner)
            if rest.taken or rest.hops:
                taken.append(Taken(item.want, rest))
    hops = tuple(
        replace(hop, inner=inner)
        for hop in resolved.hops
        if (inner := visible_part(hop.inner)).taken or inner.hops
    )
    return replace(resolved, taken=tuple(taken), hops=hops)


def _nothing(resolved: Resolution) -> Resolution:
    return replace(resolved, taken=(), hops=())

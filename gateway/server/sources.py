"""What operators see of the sources: `/admin/sources`."""

from dataclasses import asdict

from connectors.base import Json
from gateway.snapshot import Snapshot


def describe_sources(snapshot: Snapshot) -> Json:
    """Each source by name: its department, how it shares, what it was asked, how it fares.

    `state` is `closed` while the source is asked freely, `open` while it is left alone after
    failures, `trial` while one request decides. `last_failure` is the code of the last one.
    """
    return [
        {
            "name": name,
            "department": source.department,
            "sharing": snapshot.supergraph.sources[name].sharing,
            "state": source.state,
            "last_failure": source.last_failure.kind.value if source.last_failure else None,
            "asked": asdict(source.counters),
        }
        for name, source in sorted(snapshot.sources.items())
    ]

"""What operators see of the sources: `/admin/sources`."""

from connectors.base import Json
from gateway.snapshot import Snapshot


def describe_sources(snapshot: Snapshot) -> Json:
    """Each source by name: its department, what it shares, and how it fares."""
    return [
        {
            "name": name,
            "department": source.department,
            "sharing": source.sharing,
        }
        for name, source in sorted(snapshot.supergraph.sources.items())
    ]

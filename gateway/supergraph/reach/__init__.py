"""Reach: whether every operation can be answered by the sources, and where not, which and why."""

from gateway.supergraph.reach.findings import Places, unreachable

__all__ = ["Places", "unreachable"]

"""A deployment's supergraph: its sources composed under the unified types, with lookups at the root."""

from gateway.supergraph.unified.composing import compose
from gateway.supergraph.unified.public import ScalarParser

__all__ = ["ScalarParser", "compose"]

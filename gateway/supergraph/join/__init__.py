"""The reader of composed SDL: a supergraph in the words of Apollo's join specification becomes the one model."""

from gateway.supergraph.join.public import all_nullable
from gateway.supergraph.join.reading import ComposedSupergraph, read_supergraph

__all__ = ["ComposedSupergraph", "all_nullable", "read_supergraph"]

"""The kind `graphql`: federation subgraphs."""

from connectors.graphql.connector import GraphQLConnector, ask_sdl

__all__ = ["GraphQLConnector", "ask_sdl"]

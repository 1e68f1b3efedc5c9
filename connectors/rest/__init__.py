"""The kind `rest`: services that answer about one entity a call."""

from connectors.rest.connector import RestConnector

__all__ = ["RestConnector"]

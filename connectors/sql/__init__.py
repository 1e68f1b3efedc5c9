"""The `sql` kind of connector: SQLite, PostgreSQL, MySQL and MariaDB, read-only."""

from connectors.sql.connector import SqlConnector

__all__ = ["SqlConnector"]

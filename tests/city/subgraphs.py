"""A department's GraphQL service in a thread: it tells its schema and answers for entities, as frameworks' services do."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any  # JSON, and graphql-core's root

from graphql import graphql_sync

from connectors.graphql.schema import read_schema

Entity = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What the service knows of the entity of a representation."""


@contextmanager
def subgraph(sdl: str, entity: Entity) -> Iterator[str]:
    """Serve `sdl`; gives the address. A thread, because a gateway that starts waits for the schema."""
    schema = read_schema(sdl)
    root = {
        "_service": {"sdl": sdl},
        "_entities": lambda _, representations: [{**one, **entity(one)} for one in representations],
    }

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["content-length"])))
            result = graphql_sync(schema, asked["query"], root, variable_values=asked.get("variables"))
            body = json.dumps(result.formatted).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/graphql"
    finally:
        server.shutdown()
        server.server_close()

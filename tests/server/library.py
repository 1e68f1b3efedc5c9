"""Two sources over real HTTP, books and reviews, and the supergraph that somebody composed of them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any  # JSON

from graphql import build_schema, execute_sync, parse
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.connectors.loopback import serving

ADDRESSES = ("http://localhost:4001/graphql", "http://localhost:4002/graphql")
SUPERGRAPH = (Path(__file__).parents[2] / "docs" / "examples" / "library.graphql").read_text(encoding="utf-8")

_ENTITIES = """
scalar _Any
union _Entity = Book
type Query { books: [Book!]! ledger: String _entities(representations: [_Any!]!): [_Entity]! }
"""
BOOKS = build_schema(
    _ENTITIES
    + """
    type Mutation { addBook(title: String!): Book }
    type Book { id: ID! title: String! price: Int cost: Int! }
    """
)
REVIEWS = build_schema(_ENTITIES + "type Book { id: ID! stars: Int }")


@dataclass
class Source:
    """One source: what it was asked, with which headers; `silence`: seconds that it takes for each answer."""

    schema: Any
    documents: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    titles: list[str] = field(default_factory=lambda: ["Dream of the Red Chamber", "Journey to the West"])
    silence: float = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        body = await request.json()
        self.documents.append(body["query"])
        self.headers.append(dict(request.headers))
        await asyncio.sleep(self.silence)
        root = {
            "books": [self._book(number) for number in range(len(self.titles))],
            "ledger": "secret ledger",
            "_entities": lambda _, representations: [self._book(int(one["id"])) for one in representations],
            "addBook": self._add,
        }
        result = execute_sync(self.schema, parse(body["query"]), root, variable_values=body.get("variables"))
        await JSONResponse(result.formatted)(scope, receive, send)

    def _add(self, _: Any, title: str) -> dict[str, Any]:
        self.titles.append(title)
        return self._book(len(self.titles) - 1)

    def _book(self, number: int) -> dict[str, Any]:
        known = {"price": 31, "cost": 17, "stars": number + 3}
        return {
            "__typename": "Book",
            "id": str(number),
            "title": "".join(self.titles[number : number + 1]),
            **known,
        }


@dataclass
class Library:
    """The file of composed SDL, and the sources behind it."""

    file: Path
    books: Source
    reviews: Source


@asynccontextmanager
async def library(folder: Path) -> AsyncIterator[Library]:
    """Serve both sources; write the supergraph that names their addresses."""
    books, reviews = Source(BOOKS), Source(REVIEWS)
    async with serving(_app(books)) as books_url, serving(_app(reviews)) as reviews_url:
        file = folder / "library.graphql"
        text = SUPERGRAPH
        for stated, url in zip(ADDRESSES, (books_url, reviews_url), strict=True):
            text = text.replace(stated, url)
        file.write_text(text)
        yield Library(file, books, reviews)


def _app(source: Source) -> ASGIApp:
    return source

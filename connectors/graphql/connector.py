"""Sources that speak GraphQL as federation subgraphs do: one operation for a fetch, any number of entities."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final
from urllib.parse import urljoin

import orjson
from graphql import GraphQLSchema, parse, validate

from connectors.base import (
    Capabilities,
    FailureKind,
    FetchKind,
    FetchResult,
    FetchSpec,
    Prepared,
    Representation,
    RunContext,
    SourceFailure,
    Variables,
)
from connectors.graphql.asking import ask
from connectors.graphql.layout import TYPENAME, Layout, composite_type, lay_out_fetch, possible_types
from connectors.graphql.printing import REPRESENTATIONS, Variable, print_document
from connectors.graphql.quick import QuickReader
from connectors.graphql.reading import read_answer
from connectors.graphql.schema import read_schema
from connectors.manifest import Manifest, ManifestError
from connectors.transport import HttpRequest, Transport, open_transport

CHECK_DOCUMENTS: Final = os.environ.get("HUITONG_CHECK_PLANS") == "1"
"""Whether every document is validated against the source's schema: on in the tests, and for whoever develops.

The layout asks for nothing that the schema lacks; validation compares each field with each, which takes seconds for a
document over a hundred types.
"""

_SDL: Final = orjson.dumps("{ _service { sdl } }")
_PROBE: Final = orjson.dumps("{ __typename }")
_PROBE_BYTES: Final = 64 * 1024
_SHOWN: Final = 200
"""Characters of a source's own message that operators are shown."""


@dataclass(frozen=True, slots=True)
class PreparedDocument:
    """A printed operation. `json_text`: the text as it stands in a request's body.

    `possible`: for each type of representations, the concrete types that its answers can have.
    """

    text: str
    capabilities: Capabilities
    kind: FetchKind
    layout: Layout
    quick: QuickReader
    possible: Mapping[str, frozenset[str]]
    variables: tuple[Variable, ...]
    json_text: bytes


class GraphQLConnector:
    """One subgraph."""

    def __init__(self, manifest: Manifest, schema: GraphQLSchema, transport: Transport) -> None:
        self._manifest = manifest
        self._schema = schema
        self._transport = transport
        self.capabilities = Capabilities(batch=manifest.limits.batch, mixed=True)

    @staticmethod
    def source_sdl(manifest: Manifest, unified_sdl: str) -> str:
        """The source's SDL: the file that the manifest names, else what the source answers now.

        Raises ManifestError when the file holds something else, or there is none and the source does not answer.
        """
        if manifest.sdl is None:
            return _asked_sdl(manifest)
        if manifest.sdl.lstrip().startswith(("{", "<")):
            message = "the file under `sdl` holds a whole answer, and no schema"
            remedy = "keep the text alone that stands under `data._service.sdl` of the answer"
            raise ManifestError([manifest.finding(manifest.url_line, message, remedy)])
        return manifest.sdl

    @staticmethod
    def connect(manifest: Manifest, source_sdl: str, transport: Transport) -> "GraphQLConnector":
        """A connector; nothing is asked yet. Raises ManifestError when the SDL cannot be read."""
        try:
            return GraphQLConnector(manifest, read_schema(source_sdl), transport)
        except ValueError as error:
            remedy = "register the schema that the source answers to `{ _service { sdl } }`"
            raise ManifestError([manifest.finding(manifest.url_line, str(error), remedy)]) from None

    def prepare(self, spec: FetchSpec) -> PreparedDocument:
        """Print the fetch. Raises ValueError when the source's schema has no answer to it."""
        layout = lay_out_fetch(spec, self._schema)
        document = print_document(layout, spec, self._operation(spec), self._schema)
        if CHECK_DOCUMENTS:
            self._check(document.text, spec.source)
        return PreparedDocument(
            document.text,
            self.capabilities,
            spec.kind,
            layout,
            QuickReader(layout),
            {one.type_name: self._possible(one.type_name) for one in spec.entities},
            document.variables,
            orjson.dumps(document.text),
        )

    def _check(self, text: str, source: str) -> None:
        errors = validate(self._schema, parse(text), max_errors=1)
        if errors:
            raise ValueError(f"{source} cannot be asked: {errors[0].message}")

    def _possible(self, type_name: str) -> frozenset[str]:
        return possible_types(composite_type(type_name, self._schema), self._schema)

    def _operation(self, spec: FetchSpec) -> str:
        """The kind of operation: a fetch from a root type is what that root is for, entities are queried."""
        mutation, query = self._schema.mutation_type, self._schema.query_type
        if spec.kind is FetchKind.ENTITIES or (query is not None and query.name == spec.type_name):
            return "query"
        if mutation is not None and mutation.name == spec.type_name:
            return "mutation"
        raise ValueError(f"{spec.source} has no root type {spec.type_name}")

    async def run(
        self,
        prepared: Prepared,
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        """Send the operation once. Raises SourceFailure."""
        if not isinstance(prepared, PreparedDocument):
            raise TypeError("a fetch runs only as its connector has prepared it")
        values = {one.name: variables[one.source] for one in prepared.variables if one.source in variables}
        asked = None
        if prepared.kind is FetchKind.ENTITIES:
            asked = [prepared.possible[item[TYPENAME]] for item in representations]
            values[REPRESENTATIONS] = [dict(item) for item in representations]
        answer = await ask(self._manifest, self._transport, prepared.json_text, values, context.timeout)
        return read_answer(answer, prepared.layout, prepared.quick, variables, asked)

    async def probe(self, timeout: float) -> None:
        """Ask the health path, or else for the name of the root type. Raises SourceFailure when it is down."""
        manifest = self._manifest
        if manifest.health is None:
            await ask(manifest, self._transport, _PROBE, {}, timeout)
            return
        url = urljoin(manifest.url, manifest.health)
        request = HttpRequest("GET", url, manifest.headers, None, timeout, _PROBE_BYTES)
        response = await self._transport.send(request)
        if response.status >= 400:
            raise SourceFailure(FailureKind.UNAVAILABLE, f"its health is HTTP status {response.status}")

    async def close(self) -> None:
        """Nothing is held: connections are the transport's."""


def _asked_sdl(manifest: Manifest) -> str:
    """What the source answers now. Raises ManifestError."""
    with ThreadPoolExecutor(1) as thread:  # a loop of its own: this may be called inside a running one
        try:
            return thread.submit(asyncio.run, _ask_sdl_once(manifest)).result()
        except SourceFailure as failure:
            down = failure.kind in (FailureKind.UNAVAILABLE, FailureKind.TIMEOUT)
            mend = (
                "start the source"
                if down
                else "correct `url` or `headers`, let it answer `{ _service { sdl } }`"
            )
            finding = manifest.finding(
                manifest.url_line,
                f"the source does not tell its schema: {failure.detail}",
                f"{mend}, or name a file with `sdl:`",
            )
    raise ManifestError([finding])


async def ask_sdl(manifest: Manifest, transport: Transport) -> str:
    """What a source answers to `_service`. Raises SourceFailure."""
    answer = await ask(manifest, transport, _SDL, {}, manifest.limits.timeout)
    match answer:
        case {"data": {"_service": {"sdl": str(sdl)}}}:
            return sdl
        case {"errors": [{"message": str(message)}, *_]}:
            told = " ".join(message.split())[:_SHOWN]
            raise SourceFailure(FailureKind.ERROR, f"it answers {told!r}")
    raise SourceFailure(FailureKind.INVALID_RESPONSE, "no SDL in the answer")


async def _ask_sdl_once(manifest: Manifest) -> str:
    transport = open_transport()
    try:
        return await ask_sdl(manifest, transport)
    finally:
        await transport.close()

"""The `sql` kind of connector: tables of one database, mapped by a manifest."""

import re
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from graphql import ListTypeNode, NonNullTypeNode, ObjectTypeDefinitionNode, parse, print_ast

from connectors.base import (
    Capabilities,
    Connector,
    FetchKind,
    FetchResult,
    FetchSpec,
    FieldSelection,
    Json,
    Prepared,
    Representation,
    RunContext,
    Variables,
)
from connectors.derive import derive_sdl
from connectors.manifest import Manifest, ManifestError, ManifestFinding
from connectors.sql.catalogue import NOTHING_KNOWN, Catalogue, missing, read_catalogue
from connectors.sql.database import Database, Session
from connectors.sql.dialects import UnsupportedAddress, open_engine
from connectors.sql.filters import PUSHED_DOWN
from connectors.sql.reading import Answer, Row
from connectors.sql.shape import FieldTypes, Shaping, levels
from connectors.sql.statements import MAX_ROWS, Statement, statement_of
from connectors.sql.values import key_text
from connectors.transport import Transport

_MAX_VARIANTS: Final = 16
_LATENCY_MS: Final = 2
_CHECK_SECONDS: Final = 10.0
_EXPANDED: Final = re.compile(r"__\[POSTCOMPILE_(\w+)\]")


@dataclass(slots=True)
class PreparedStatements:
    """A prepared fetch. Its statements are made for what the conditions leave of it, once for each case."""

    spec: FetchSpec
    text: str
    capabilities: Capabilities
    keys: tuple[str, ...]
    variables: tuple[str, ...]
    cases: dict[tuple[Json, ...], tuple[Statement, ...]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)


class SqlConnector:
    """A department's database. Reads only; connects when it is first asked."""

    def __init__(self, manifest: Manifest, source_sdl: str) -> None:
        limits = manifest.limits
        try:
            opened = open_engine(manifest.url, limits.concurrency + 1, limits.timeout)
        except UnsupportedAddress as error:
            remedy = "write sqlite:////path, postgresql://… or mariadb://…"
            raise ManifestError([manifest.finding(manifest.url_line, str(error), remedy)]) from None
        self._manifest = manifest
        self._shaping = Shaping(manifest, _field_types(source_sdl))
        # One thread and one connection more than may be asked at a time: for the probe.
        self._database = Database(opened, limits.concurrency + 1, limits.response_bytes, manifest.source)
        self._catalogue: Catalogue | None = None
        self.capabilities = Capabilities(limits.batch, PUSHED_DOWN, _LATENCY_MS)

    @staticmethod
    def source_sdl(manifest: Manifest, unified_sdl: str) -> str:
        """The source schema that the manifest's tables yield. Raises ManifestError."""
        return derive_sdl(manifest, unified_sdl)

    @staticmethod
    def connect(manifest: Manifest, source_sdl: str, transport: Transport) -> Connector:
        """A connector for the manifest's database. Raises ManifestError when its address cannot be one."""
        return SqlConnector(manifest, source_sdl)

    async def check(self) -> list[ManifestFinding]:
        """Tables and columns that the manifest names and the database lacks. Raises SourceFailure."""
        catalogue = await self._database.work(self._known, _CHECK_SECONDS)
        return missing(self._manifest, catalogue)

    def prepare(self, spec: FetchSpec) -> PreparedStatements:
        """One statement for the entities and one for each list. Raises ValueError when that cannot be."""
        if spec.kind is not FetchKind.ENTITIES:
            raise ValueError("a database has no root fields")
        mapping = self._manifest.types.get(spec.type_name)
        keys = tuple(mapping.key) if mapping else ()
        if any(part.children for part in spec.inputs) or {part.field for part in spec.inputs} != set(keys):
            raise ValueError(f"{spec.type_name} is found by {', '.join(keys) or 'nothing'} alone")
        statements = self._statements(spec, spec.selections, self._catalogue or NOTHING_KNOWN)
        text = ";\n\n".join(self._print(each) for each in statements)
        return PreparedStatements(
            spec, text, self.capabilities, keys, tuple(sorted(_variables(spec.selections)))
        )

    async def run(
        self,
        prepared: Prepared,
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        """Ask the database. Raises SourceFailure; lists that it cannot answer fail by themselves."""
        fetch = prepared
        if not isinstance(fetch, PreparedStatements):
            raise TypeError("prepared by another connector")
        wanted = [_key(each, fetch.keys) for each in representations]

        def task(session: Session) -> FetchResult:
            def ask(statement: Statement, parameters: Mapping[str, object]) -> list[Row]:
                return session.rows(statement.select, parameters, MAX_ROWS)

            statements = self._case(fetch, variables, self._known(session))
            return Answer(wanted, self.capabilities.batch).fetch(statements, context.operands, ask)

        return await self._database.work(task, context.timeout)

    async def probe(self, timeout: float) -> None:
        """Connect, or use a connection, and ask nothing of any table. Raises SourceFailure."""
        await self._database.work(_ping, timeout)

    async def close(self) -> None:
        """Close all connections and threads."""
        await self._database.close()

    def _known(self, session: Session) -> Catalogue:
        """The catalogue, read from the database when it is first needed."""
        if self._catalogue is None:
            self._catalogue = session.ask(lambda: read_catalogue(session.connection, self._manifest))
        return self._catalogue

    def _case(
        self, prepared: PreparedStatements, variables: Variables, catalogue: Catalogue
    ) -> tuple[Statement, ...]:
        case = tuple(variables.get(name) for name in prepared.variables)
        with prepared.lock:
            statements = prepared.cases.get(case)
            if statements is None:
                left = _left(prepared.spec.selections, variables)
                statements = self._statements(prepared.spec, left, catalogue)
                if len(prepared.cases) >= _MAX_VARIANTS:
                    prepared.cases.clear()
                prepared.cases[case] = statements
        return statements

    def _statements(
        self, spec: FetchSpec, selections: Sequence[FieldSelection], catalogue: Catalogue
    ) -> tuple[Statement, ...]:
        level = self._shaping.entities(spec.type_name, selections, spec.rows)
        return tuple(statement_of(each, self._shaping, catalogue) for each in levels(level))

    def _print(self, statement: Statement) -> str:
        compiled = str(statement.select.compile(dialect=self._database.dialect))
        return _EXPANDED.sub(r":\1", compiled)


def _ping(session: Session) -> None:
    session.ask(lambda: session.connection.exec_driver_sql("SELECT 1").close())


def _key(representation: Representation, names: Sequence[str]) -> tuple[str, ...] | None:
    """A representation's key as texts; None when no entity can have it."""
    parts = []
    for name in names:
        value: Json = representation.get(name)
        text = key_text(value)
        if text is None:
            return None
        parts.append(text)
    return tuple(parts)


def _variables(selections: Sequence[FieldSelection]) -> set[str]:
    found: set[str] = set()
    for each in selections:
        found |= each.condition.variables | _variables(each.children)
    return found


def _left(selections: Sequence[FieldSelection], variables: Variables) -> tuple[FieldSelection, ...]:
    """The selections whose conditions hold, at every depth."""
    return tuple(
        replace(each, children=_left(each.children, variables))
        for each in selections
        if each.condition.holds(variables)
    )


def _field_types(sdl: str) -> FieldTypes:
    types: dict[str, dict[str, str]] = {}
    for node in parse(sdl, no_location=True).definitions:
        if isinstance(node, ObjectTypeDefinitionNode):
            fields = types.setdefault(node.name.value, {})
            for item in node.fields or ():
                named = item.type
                while isinstance(named, (ListTypeNode, NonNullTypeNode)):
                    named = named.type
                fields[item.name.value] = print_ast(named)
    return types

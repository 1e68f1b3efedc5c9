"""The whole contract between the engine and a kind of connector.

A connector works in two steps: `prepare` turns a `FetchSpec` into what its
source understands, once per plan; `run` asks the source, once per request.
Everything a connector is given is neutral: it never learns who is asking, only
which rows it may leave out. Leaving rows out (`RowFilter`) is an optimisation;
the engine checks every row again, so a connector that ignores filters is
correct, merely slower.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal, Protocol, TypeAlias

# A value as JSON has it. `Any`: JSON is recursive, and what departments send is
# checked where it is used, not by its static type.
Json: TypeAlias = Any
Representation: TypeAlias = Mapping[str, Json]
Variables: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Condition:
    """`@skip` and `@include`: an OR of ANDs of (variable, the value it must have).

    Variables are the operation's own Boolean variables. `ALWAYS` holds for every
    request; the empty OR holds for none.
    """

    any_of: frozenset[frozenset[tuple[str, bool]]]

    def holds(self, variables: Variables) -> bool:
        """True when some alternative agrees with `variables` in every term."""
        return any(all(variables.get(name) is wanted for name, wanted in terms) for terms in self.any_of)

    @property
    def variables(self) -> frozenset[str]:
        """The variables whose values decide."""
        return frozenset(name for terms in self.any_of for name, _ in terms)


ALWAYS = Condition(frozenset({frozenset()}))


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a field: its value comes with each request, under `variable`.

    `type` is the argument's type in the source's schema, as text (`"[ID!]"`). A
    variable that a request does not carry means that the argument is not given.
    """

    name: str
    type: str
    variable: str


@dataclass(frozen=True, slots=True)
class Directive:
    """A directive that sources define for operations, as a client applied it (`@live(every: 5)`).

    `around`: it stands on a fragment around the field. `condition`: when it is there, beyond its field's own. A
    source that does not define it for such a place is not told of it.
    """

    name: str
    arguments: tuple[Argument, ...] = ()
    around: bool = False
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class PathStep:
    """One step of a guard's path: a field, then perhaps a narrowing to one type (`subject<Person>`)."""

    field: str
    narrow: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An operand that the request brings: a claim of the principal, by name (`citizenId`)."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """An operand that the policy states: any of these values."""

    values: tuple[str, ...]


Operator: TypeAlias = Literal["equals", "within", "before", "after", "present"]


@dataclass(frozen=True, slots=True)
class GuardTerm:
    """One named condition on a row: a value at `path` compared with `operand`.

    `equals`: some value at the path equals some value of the operand. `within`:
    the value is an administrative division (six digits, GB/T 2260) inside the
    operand's, by trailing pairs of zeros: 330200 holds 330203. `before`, `after`:
    dates, strictly. `present`: a value is there. A value or an operand that is
    missing, null or malformed makes the term false.
    """

    guard: str
    path: tuple[PathStep, ...]
    operator: Operator
    operand: Claim | Constant | None = None


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Which rows are wanted: an OR of ANDs of guard terms. `((),)` is every row, `()` is none."""

    any_of: tuple[tuple[GuardTerm, ...], ...]

    @property
    def is_everything(self) -> bool:
        """True when no row can fail."""
        return () in self.any_of


EVERY_ROW = RowFilter(((),))
NO_ROW = RowFilter(())


@dataclass(frozen=True, slots=True)
class FieldSelection:
    """One field to fetch, in the words of the source's schema.

    `response` is the key under which the value must stand in the answer, unique
    among siblings of one concrete type; `types` are the concrete types it applies
    to; `rows` are the only rows wanted among the objects it leads to. A field
    named `__typename` asks for the concrete type's name. `directives` are for the source alone.
    """

    response: str
    field: str
    types: frozenset[str]
    arguments: tuple[Argument, ...] = ()
    condition: Condition = ALWAYS
    children: tuple["FieldSelection", ...] = ()
    rows: RowFilter = EVERY_ROW
    directives: tuple[Directive, ...] = ()


@dataclass(frozen=True, slots=True)
class InputField:
    """A field of a representation: part of a key or an input of `@requires`, with its sub-fields.

    `field` is its name in the representation. Where it comes from is the engine's affair: `raw` is the key in
    the answer tree ("": the field's name), `types` the concrete types of its object that it applies to (None:
    all), `nullable` whether null may be sent (inputs of `@requires` may be null, keys may not).
    """

    field: str
    children: tuple["InputField", ...] = ()
    raw: str = ""
    types: frozenset[str] | None = None
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class EntityInput:
    """One type of entity that a fetch asks for: what `__typename` says in its representations, and their fields."""

    type_name: str
    inputs: tuple[InputField, ...]


class FetchKind(Enum):
    """What a fetch starts from."""

    ROOT = "root"  # a root type of the source: one answer, no representations
    ENTITIES = "entities"  # entities by key: one answer for each representation


@dataclass(frozen=True, slots=True)
class FetchSpec:
    """One fetch from one source, without any value of a request.

    `type_name` is the entity's type, or the source's root type, in the source's words. `inputs` are the
    fields each representation carries beside `__typename`. `others` are further types of entities that the
    same fetch asks for: only of sources whose capability `mixed` says that they take them. `rows` says
    which entities are wanted (`ENTITIES` only). `directives` are those of the client's whole operation.
    """

    source: str
    kind: FetchKind
    type_name: str
    selections: tuple[FieldSelection, ...]
    inputs: tuple[InputField, ...] = ()
    rows: RowFilter = EVERY_ROW
    others: tuple[EntityInput, ...] = ()
    directives: tuple[Directive, ...] = ()

    @property
    def entities(self) -> tuple[EntityInput, ...]:
        """Every type that is asked for, with its inputs."""
        return (EntityInput(self.type_name, self.inputs), *self.others)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a source can do, so that planning need not know kinds of connector.

    `batch`: keys in one request, at most (1: one call for each entity).
    `push_down`: guard operators that `run` applies in the source.
    `latency`: milliseconds that one request is expected to take.
    `mixed`: one request may ask for entities of several types.
    """

    batch: int = 1
    push_down: frozenset[Operator] = frozenset()
    latency: int = 10
    mixed: bool = False


class FailureKind(Enum):
    """How a source can fail. The values are the stable codes that clients see."""

    UNAVAILABLE = "SOURCE_UNAVAILABLE"  # not reachable, refused, closed by the breaker
    TIMEOUT = "SOURCE_TIMEOUT"
    INVALID_RESPONSE = "SOURCE_INVALID_RESPONSE"  # an answer that is not what the source promised
    ERROR = "SOURCE_ERROR"  # the source itself reported an error


class SourceFailure(Exception):
    """A source failed. `detail` is for operators' logs and never reaches a client."""

    def __init__(self, kind: FailureKind, detail: str) -> None:
        super().__init__(detail)
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class PartialFailure:
    """A failure of part of a fetch: the entities at these indices of the representations (`ROOT`: index 0).

    `path` leads from the entity to the value that failed, as far as the connector knows it: response keys, and
    list indices where it knows them; without indices it means some value there in any of the lists; empty: the
    entity itself. Where null stands at the path, it stands for the failure. Where a value stands there, it came
    although the source reported an error, perhaps without saying of what: it is kept, and the failure is reported
    all the same. What is lost is null in the data: a failure never takes away what the data holds.
    """

    failure: SourceFailure
    indices: frozenset[int]
    path: tuple[str | int, ...] = ()


@dataclass(slots=True)
class FetchResult:
    """What a source answered.

    `data` is aligned with the representations (`ENTITIES`) or holds one object
    (`ROOT`); None: the source has no such entity. Objects are keyed by the
    selections' `response`. The engine owns the objects once they are returned.
    """

    data: list[dict[str, Json] | None]
    failures: list[PartialFailure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RunContext:
    """What one run may use beside its inputs.

    `operands` holds, per claim name, the values that guard terms compare with (a claim
    that is missing is absent here). `timeout` is the seconds left for this run.
    """

    operands: Mapping[str, tuple[str, ...]]
    timeout: float


class Prepared(Protocol):
    """A prepared fetch. What it holds is the connector's own affair."""

    @property
    def text(self) -> str:
        """What will be asked, for people: the statement, the document, the call. No values."""
        ...

    @property
    def capabilities(self) -> Capabilities:
        """What holds for this fetch, where it is narrower than the connector's."""
        ...


class Connector(Protocol):
    """One department's source, connected."""

    @property
    def capabilities(self) -> Capabilities:
        """What the source can do."""
        ...

    def prepare(self, spec: FetchSpec) -> Prepared:
        """Turn a fetch into what the source understands; raises ValueError when it cannot be asked."""
        ...

    async def run(
        self,
        prepared: Prepared,
        variables: Variables,
        representations: Sequence[Representation],
        context: RunContext,
    ) -> FetchResult:
        """Ask the source once, for at most `capabilities.batch` representations.

        `variables` holds the arguments' values and the Boolean variables of conditions.
        Raises SourceFailure when nothing could be answered. Cancellation must free every
        connection, thread and cursor that the run holds.
        """
        ...

    async def probe(self, timeout: float) -> None:
        """Ask the source, as cheaply as it allows, whether it is up. Raises SourceFailure when not."""
        ...

    async def close(self) -> None:
        """Give back all that the connector holds. No run is under way."""
        ...

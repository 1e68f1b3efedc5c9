"""What an operation may cost before it is validated: tokens and depth, counted without recursion."""

from dataclasses import dataclass

from graphql import GraphQLError, Lexer, Source, TokenKind

from gateway.errors import Code, GraphQLProblem, RequestRefused

_OPENING = frozenset({TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L})
_CLOSING = frozenset({TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R})


@dataclass(frozen=True, slots=True)
class OperationLimits:
    """Bounds on one operation's text.

    `tokens`: lexical tokens. `depth`: brackets of any kind inside each other. `selections`: selections after
    fragments are merged in, and each one's directives for sources. `repeats`: how often one response key may stand in
    one selection set; its square also bounds what validation compares over all fragments (see repetition.py).
    """

    tokens: int = 4_000
    depth: int = 60
    selections: int = 10_000
    repeats: int = 100


def exceeded(limit: str, allowed: int, what: str) -> RequestRefused:
    """The refusal of a request that breaks a limit."""
    message = f"The request exceeds the limit of {allowed:,} {what}."
    return RequestRefused([GraphQLProblem(Code.LIMIT_EXCEEDED, message, extensions={"limit": limit})])


def check_text(text: str, limits: OperationLimits) -> None:
    """Raise RequestRefused when the text has too many tokens, is nested too deeply, or has no tokens of GraphQL."""
    lexer = Lexer(Source(text))
    depth = count = 0
    try:
        while (token := lexer.advance()).kind is not TokenKind.EOF:
            count += 1
            if count > limits.tokens:
                raise exceeded("tokens", limits.tokens, "tokens")
            if token.kind in _OPENING:
                depth += 1
                if depth > limits.depth:
                    raise exceeded("depth", limits.depth, "levels of depth")
            elif token.kind in _CLOSING:
                depth -= 1
    except GraphQLError as error:
        raise RequestRefused([syntax_problem(error)]) from None


def syntax_problem(error: GraphQLError) -> GraphQLProblem:
    """A syntax error as clients see it."""
    locations = [(place.line, place.column) for place in error.locations or ()]
    return GraphQLProblem(Code.GRAPHQL_PARSE_FAILED, error.message, locations=locations)

"""Who is asking: principals, and nothing but a verified token makes one."""

from gateway.identity.dev_keys import DevKey
from gateway.identity.principal import ANONYMOUS, Principal
from gateway.identity.tokens import AUDIENCE, TokenRejected, Verifier

__all__ = ["ANONYMOUS", "AUDIENCE", "DevKey", "Principal", "TokenRejected", "Verifier"]

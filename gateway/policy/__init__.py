"""The policy: files in, decisions out. What it means stands in docs/policy.md."""

from gateway.policy.access import Access, PurposeNotPermitted, PurposeRequired, Visible
from gateway.policy.loading import load_policy
from gateway.policy.open_access import OpenAccess
from gateway.policy.policy import Policy

__all__ = [
    "Access",
    "OpenAccess",
    "Policy",
    "PurposeNotPermitted",
    "PurposeRequired",
    "Visible",
    "load_policy",
]

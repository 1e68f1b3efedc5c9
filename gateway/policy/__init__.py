"""The policy: files in, decisions out. What it means stands in docs/policy.md."""

from gateway.policy.loading import load_policy
from gateway.policy.policy import Policy, PurposeNotPermitted, PurposeRequired, Visible

__all__ = ["Policy", "PurposeNotPermitted", "PurposeRequired", "Visible", "load_policy"]

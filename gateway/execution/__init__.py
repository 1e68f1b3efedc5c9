"""Execution: a prepared plan and one request's values become the answer."""

from gateway.execution.answering import Answer, answer
from gateway.execution.fetching import FetchLimits, RequestValues
from gateway.execution.prepared import AskedSource, PreparedPlan, prepare_plan

__all__ = ["Answer", "AskedSource", "FetchLimits", "PreparedPlan", "RequestValues", "answer", "prepare_plan"]

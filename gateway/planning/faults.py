"""What is wrong with a plan."""


class PlanFault(AssertionError):
    """A plan breaks a promise."""

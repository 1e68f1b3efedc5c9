"""The bound on planning: counted work, so that what is refused never depends on the clock."""

from gateway.operation.limits import exceeded

MAX_WORK = 2_000_000
"""Units of planning work (wants, options weighed, placements) that one operation may cost."""


class WorkBudget:
    """Counts planning work."""

    def __init__(self, units: int = MAX_WORK) -> None:
        self.units = units
        self.left = units

    def spend(self, units: int = 1) -> None:
        """Raise RequestRefused when the budget is used up."""
        self.left -= units
        if self.left < 0:
            raise exceeded("planning", self.units, "units of planning work")

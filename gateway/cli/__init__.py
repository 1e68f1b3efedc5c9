"""The command line. `main` is the console script; each command's work stands in a module of its own."""

from gateway.cli.commands import main

__all__ = ["main"]

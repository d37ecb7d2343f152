"""The ``newsbot`` command."""

from newsbot.cli.app import main

__all__ = ["main"]

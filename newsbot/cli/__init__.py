"""The ``newsbot`` command."""

import signal


def main() -> None:
    """Runs a command. While it is being loaded, a second or so, Ctrl-C ends the process without a word."""
    usual = signal.getsignal(signal.SIGINT)
    if usual is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from newsbot.cli import app

    if usual is signal.default_int_handler:
        signal.signal(signal.SIGINT, usual)
    app.main()


__all__ = ["main"]

"""The command line.

``pellucid`` opens the page, ``pellucid site`` writes it to a folder, ``pellucid train`` trains in the terminal,
``pellucid explain`` prints how an update is computed, ``pellucid export`` writes scripts, models and weights, and
``pellucid sweep`` runs many experiments.
"""

import io
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from pellucid import __version__
from pellucid.commands import explain, export, sweep, train
from pellucid.errors import PellucidError
from pellucid.server import serve
from pellucid.static_site import write_site

app = typer.Typer(
    name="pellucid",
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
train.add_to(app)
explain.add_to(app)
export.add_to(app)
sweep.add_to(app)


@app.callback(invoke_without_command=True)
def play(
    context: typer.Context,
    *,
    host: Annotated[
        str, typer.Option(metavar="NAME", help="Name or address of this machine to serve the page at.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(metavar="NUMBER", envvar="PORT", help="Port to serve the page at; 0 takes a free one.")
    ] = 8000,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """Pellucid: a playground for neural networks that you can see through.

    Without a command it serves the page on this machine and opens it.
    """
    if version:
        print(__version__)
    elif context.invoked_subcommand is None:
        # By SIGTERM a host ends a process; it ends as by Ctrl-C, with its requests finished and status 0.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        serve(host, port, open_browser=browser)


@app.command()
def site(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to write to; it is made if need be.")],
) -> None:
    """Write the page as a static site, ready for any web host, from a sub-path too."""
    written = write_site(directory)
    print(f"{len(written)} files written to {directory}")


def main() -> None:
    """Run the command line; bad input ends with one clear sentence and status 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a dash is no reason to fail
    try:
        sys.exit(app(standalone_mode=False))
    except typer.TyperException as error:
        message = error.format_message() if hasattr(error, "format_message") else str(error)
        _fail(message)
    except PellucidError as error:
        _fail(str(error))
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)


def _fail(message: str) -> None:
    print(message, file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()

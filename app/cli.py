"""The `jejaring` command: options, the commands of `app.commands`, and their exit codes (`app.commands.failures`)."""

from typing import Annotated

import typer

from app.commands import editing, history, keeping, questions, running, starting
from app.commands.failures import USAGE, Commands
from app.commands.session import ColorOption, LangOption, Shared, StoreOption

_HELP = """Who connects A to B in the creative economy, who says so, and since when.

Siapa yang menghubungkan A dengan B dalam ekonomi kreatif, siapa yang mengatakannya, dan sejak kapan.
"""


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as installed_version

        typer.echo(f"jejaring {installed_version('jejaring')}")
        raise typer.Exit


def start(
    context: typer.Context,
    store: StoreOption = None,
    lang: LangOption = None,
    no_color: ColorOption = False,
    version: Annotated[  # noqa: ARG001 - handled by its callback
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version. / Versi.")
    ] = False,
) -> None:
    """Keep the shared options for the command that follows; without one, show the help."""
    context.obj = Shared(store, lang, no_color)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit(USAGE)


def make_cli() -> typer.Typer:
    """Return the whole command line."""
    line = typer.Typer(
        name="jejaring",
        cls=Commands,
        help=_HELP,
        add_completion=False,
        invoke_without_command=True,
        pretty_exceptions_enable=False,
    )
    line.callback(help=_HELP)(start)
    for group in (questions, editing, starting, history, keeping, running):
        group.add_to(line)
    return line


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    cli(prog_name="jejaring")


cli = make_cli()

if __name__ == "__main__":
    main()

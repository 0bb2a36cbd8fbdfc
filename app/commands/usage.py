"""What is wrong with a command line, in both languages. Typer itself speaks English only."""

from difflib import get_close_matches
from typing import Any

import typer

from graph.vocabulary import Text


def usage_text(error: typer.TyperException) -> Text:
    """Return what is wrong and where the help is.

    Typer's errors are no public classes; they are told apart by name and by the attributes they carry.
    """
    told = {"NoSuchOption": _no_such_option, "MissingParameter": _missing, "BadParameter": _bad_value}
    text = told.get(type(error).__name__, _anything_else)(error)
    context = getattr(error, "ctx", None)
    command = f"{'jejaring' if context is None else context.command_path} --help"
    return Text(id=f"{text.id}\nBantuan: {command}", en=f"{text.en}\nHelp: {command}")


def no_such_command(name: str, known: list[str]) -> Text:
    """Return that there is no such command, with the nearest ones."""
    near = ", ".join(get_close_matches(name, known, cutoff=0.5)) or ", ".join(known)
    shown = shown_value(name)
    return Text(
        id=f"Tidak ada perintah {shown}. Mungkin: {near}.\nBantuan: jejaring --help",
        en=f"There is no command {shown}. Perhaps: {near}.\nHelp: jejaring --help",
    )


def shown_value(text: str) -> str:
    """Return what a person typed as it may be shown: shortened, and without control characters."""
    return repr(text if len(text) <= 60 else text[:59] + "…")


def _no_such_option(error: Any) -> Text:  # noqa: ANN401
    near = ", ".join(sorted(error.possibilities or ()))
    shown = shown_value(str(error.option_name))
    return Text(
        id=f"Tidak ada pilihan {shown}." + (f" Mungkin: {near}." if near else ""),
        en=f"There is no option {shown}." + (f" Perhaps: {near}." if near else ""),
    )


def _missing(error: Any) -> Text:  # noqa: ANN401
    name = _name(error.param)
    return Text(id=f"{name}: wajib diisi.", en=f"{name}: is required.")


def _bad_value(error: Any) -> Text:  # noqa: ANN401
    name = _name(error.param)
    choices = getattr(getattr(error.param, "type_descriptor", None), "choices", None)
    if choices:
        allowed = ", ".join(str(choice) for choice in choices)
        return Text(
            id=f"{name}: nilai ini tidak dapat dipakai. Yang boleh: {allowed}.",
            en=f"{name}: this value cannot be used. Allowed: {allowed}.",
        )
    return Text(id=f"{name}: nilai ini tidak dapat dipakai.", en=f"{name}: this value cannot be used.")


def _anything_else(error: typer.TyperException) -> Text:
    if hasattr(error, "option_name"):
        name = str(error.option_name)
        return Text(id=f"{name}: nilainya belum disebut.", en=f"{name}: needs a value.")
    if "extra argument" in error.message:
        return Text(
            id="Argumen terlalu banyak; apit teks yang berspasi dengan tanda petik.",
            en="Too many arguments; put text with spaces between quotes.",
        )
    return Text(id="Perintah ini tidak lengkap.", en="This command is not complete.")


def _name(param: Any) -> str:  # noqa: ANN401
    options = [option for option in getattr(param, "opts", ()) if option.startswith("-")]
    return str(options[-1] if options else getattr(param, "metavar", None) or param.name.upper())

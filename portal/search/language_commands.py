"""What may an operator ask of the analyser? Here, because `language` itself knows no commands."""

from __future__ import annotations

import sys

import click
from flask.cli import AppGroup

from portal.drafts.models import LANGUAGES
from portal.kernel.console import json_option, print_json
from portal.language.analysis import analyse

language_group = AppGroup("language", help="How words are read.")


@language_group.command("stem")
@click.argument("text")
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the text, where it is known.")
@json_option
def stem(text: str, language: str | None, as_json: bool) -> None:
    """Show the stems under which each word of TEXT is found; `-` reads standard input.

    A word that may be of two languages has the stems of both, the likelier first.
    """
    text = sys.stdin.read() if text == "-" else text
    words = [
        {"token": text[term.start : term.end], "stems": list(term.stems), "language": term.language}
        for term in analyse(text, language)
    ]
    if as_json:
        print_json(words)
        return
    for word in words:
        click.echo(f"{word['token']}  {' '.join(word['stems'])}  {word['language']}".rstrip())

"""What may an operator run about the search index?"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from portal.drafts.models import LANGUAGES
from portal.kernel.console import fail, json_option, plain_refusals, print_json, reading
from portal.kernel.settings import SEARCH_ENGINES
from portal.search.addresses import address_of
from portal.search.backends import IndexUnusable, RebuildRunning
from portal.search.check import Differences, compare
from portal.search.documents import HitKind
from portal.search.hits import Hit
from portal.search.index import catch_up, rebuild
from portal.search.judge import judge, read_judgements
from portal.search.language_commands import language_group
from portal.search.learning import learn
from portal.search.queries import Results, search
from portal.search.visible import Filter

search_group = AppGroup("search", help="Build and ask the search index.")
commands = (search_group, language_group)

MOST_HITS = 1000


@search_group.command("query")
@click.argument("text")
@click.option("--kind", type=click.Choice([kind.value for kind in HitKind]), help="Only this kind.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Only texts in this language.")
@click.option("--limit", type=click.IntRange(0, MOST_HITS), default=20, show_default=True, help="How many at most.")
@json_option
def query(text: str, kind: str | None, language: str | None, limit: int, as_json: bool) -> None:
    """Find drafts, provisions, comments and answers, best first, as every reader may see them.

    Carries first into the index what the worker has not yet; builds it where there is none.
    """
    try:
        catch_up(_progress)
        with reading(), current_app.test_request_context(base_url=_base_url()):
            wanted = Filter(kind=HitKind(kind) if kind else None, language=language or "")
            results = search(text, wanted, language=language or "kk").page(0, limit)
            document = {"total": results.total, "hits": [_as_json(hit) for hit in results.hits]}
    except RebuildRunning:
        fail("The search index is being built by another process. Try again when it is ready.")
    except IndexUnusable as error:
        fail(f"The search index cannot be used: {error}. Run: flask search rebuild")
    if as_json:
        print_json(document)
    else:
        _print_plainly(results, document)


@search_group.command("rebuild")
@click.option("--engine", "name", type=click.Choice(sorted(SEARCH_ENGINES)), help="Not the one in use.")
def rebuild_index(name: str | None) -> None:
    """Build the index anew beside the live one and swap it in; searching goes on meanwhile. Then learn the words and
    pairs of words of the texts, for what may have been meant.

    With --engine that of another engine is made ready, for the day PORTAL_SEARCH names it.
    """
    try:
        count = rebuild(_progress, name or "")
    except RebuildRunning:
        fail("Another process is building the search index.")
    except IndexUnusable as error:
        fail(f"The search index cannot be built: {error}.")
    click.echo(err=True)
    click.echo(f"{count} documents in the search index.")
    words = learn(_learning)
    click.echo(err=True)
    click.echo(f"{words} words known.")


@search_group.command("check")
@json_option
def check_index(as_json: bool) -> None:
    """Compare the index with the database; status 1 if anything is missing, extra or stale."""
    try:
        with reading():
            found = compare()
    except IndexUnusable as error:
        fail(f"The search index cannot be used: {error}. Run: flask search rebuild")
    if as_json:
        print_json({"same": found.is_same, **asdict(found)})
    else:
        _print_differences(found)
    sys.exit(0 if found.is_same else 1)


@search_group.command("judge")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice([kind.value for kind in HitKind]), help="Judge hits of this kind only.")
@click.option("--draft", "draft_id", type=click.IntRange(1), help="Judge hits within this draft only.")
@click.option("--language", type=click.Choice(LANGUAGES), help="Only texts in this language.")
@json_option
def judge_search(file: Path, kind: str | None, draft_id: int | None, language: str | None, as_json: bool) -> None:
    """Measure how well the queries of FILE (JSON lines) are answered: MRR@10, recall@10, nDCG@10.

    Each line is {"query": "...", "expected": [...]}; expected are ids as `flask search query` prints them, keys or numbers
    of articles, or the ids imported comments had elsewhere.
    """
    with plain_refusals():
        judgements = read_judgements(file)
    wanted = Filter(kind=HitKind(kind) if kind else None, language=language or "", draft_id=draft_id)
    try:
        catch_up(_progress)
        with reading():
            found = judge(judgements, wanted, language or "kk")
    except (IndexUnusable, RebuildRunning) as error:
        fail(f"The search index cannot be used: {error}. Run: flask search rebuild")
    if as_json:
        print_json(asdict(found))
    else:
        click.echo(f"{found.queries} queries: MRR@10 {found.mrr:.3f}, recall@10 {found.recall:.3f}, nDCG@10 {found.ndcg:.3f}")


def _print_differences(found: Differences) -> None:
    click.echo(f"{found.documents} documents in the index of {found.engine}, {found.behind} entries still to be fed.")
    if not found.is_sound:
        click.echo("Its files are damaged; it will be built anew.")
    counted = (("missing", found.missing_count, found.missing), ("extra", found.extra_count, found.extra),
               ("stale", found.stale_count, found.stale))  # fmt: skip
    for name, count, named in counted:
        click.echo(f"{name}: {count}{': ' if named else ''}{', '.join(named[:10])}")


def _progress(count: int) -> None:
    """On standard error, so that standard output holds the answer alone."""
    click.echo(f"\r{count} documents indexed", err=True, nl=False)


def _learning(count: int) -> None:
    click.echo(f"\r{count} texts learned from", err=True, nl=False)


def _as_json(hit: Hit) -> dict[str, Any]:
    reference = hit.reference
    is_provision = reference.kind is HitKind.provision
    return {
        "kind": reference.kind.value,
        "id": f"{reference.draft_id}/{reference.provision}" if is_provision else reference.object_id,
        "url": _base_url() + address_of(hit, reference.language),
        "title": hit.plain_title or hit.of.draft.title(reference.language),
        "snippet": hit.excerpt.text,
        "score": round(hit.score, 4),
    }


def _base_url() -> str:
    return str(current_app.config["SETTINGS"].base_url)


def _print_plainly(results: Results, document: dict[str, Any]) -> None:
    click.echo(f"{results.total} found")
    for hit in document["hits"]:
        click.echo(f"\n{hit['title']}\n  {hit['url']}\n  {hit['snippet']}")

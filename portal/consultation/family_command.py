"""How does an operator count the families of near-identical drafts, or gather them anew?"""

from __future__ import annotations

import click

from portal.consultation.gathering import count_families, forget_families, gather_draft, list_ungathered
from portal.drafts.commands import drafts
from portal.kernel.console import json_option, print_json, reading, writing

BATCH = 100


@drafts.command("families")
@click.option("--rebuild", is_flag=True, help="Forget the families and gather all public drafts anew.")
@json_option
def gather_families(rebuild: bool, as_json: bool) -> None:
    """Say how many near-identical drafts there are. With --rebuild they are found again, in many short transactions."""
    looked = 0
    if rebuild:
        with writing():
            forget_families()
        after = 0
        while after >= 0:
            with writing():
                chosen = list_ungathered(after, BATCH)
                for draft_id in chosen:
                    gather_draft(draft_id)
            looked += len(chosen)
            after = chosen[-1] if chosen else -1
    with reading():
        families, members, largest = count_families()
    if as_json:
        print_json({"looked_at": looked, "families": families, "drafts": members, "largest": largest})
        return
    click.echo(f"{families} families with {members} drafts; the largest has {largest}.")

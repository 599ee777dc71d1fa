"""Talqy: where the state publishes draft law, people answer it, and the drafting agency answers back.

Map of the package, from the ground up (`ladder.py` states the order; imports go down it only):

kernel         settings, database, clock, errors, files, text: knows neither law nor HTTP
language       Kazakh, Russian and English words: folding, tokens, stems (pure)
web            HTTP that is not about a feature: request order, access, headers, locale, pages
ledger         the append-only public log, its Merkle tree, receipts and followers
accounts       people, roles, the permission table, sign-in
drafts         bodies, act types, drafts, versions, the structure of legal texts, importers
consultation   windows, comments, votes, replies, moderation, the public reading page
search         the index of drafts, provisions, comments and replies
notifications  mails composed from the ledger
reports        statistics, bodies' records, the report on completion of a public discussion
home           the first page and the standing pages
demo           the demonstration: invented drafts and comments
"""

from __future__ import annotations

from portal.app import create_app

__all__ = ["create_app"]

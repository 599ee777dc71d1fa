"""Do questions find what answers them? Prints one JSON line for each set and way of searching.

Sets: 35 questions in Russian on the Tax Code (of which those whose article is among the shared 622 can be answered) and
388 in Kazakh with judged passages (KazQAD). Ways: both engines as the portal asks them, for texts with any of the words;
the same with forms in place of stems, and forms without regard to headings; SQLite FTS5 as it comes, with a trigram tokenizer, and with headings weighed four times and no
stop words. Figures are means over the questions that have an answer in the set.

    python -m tests.bench.search_relevance
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from portal.language.stop_words import STOP_WORDS
from portal.language.tokens import tokens
from portal.search.backends import Store, Wish
from portal.search.backends.clauses import AnyOf, Clause, Field, Term
from portal.search.backends.engine import IndexEngine
from portal.search.backends.tantivy import TantivyStore
from portal.search.backends.whoosh import WhooshStore
from portal.search.documents import HitKind, Reference, Text, comment_group, document_of
from portal.search.judge import FIRST, measure
from portal.search.ranking import EXACT_WEIGHT, HEAD_EXACT_WEIGHT, HEAD_WEIGHT, clause_of
from portal.search.terms import parse
from tests.bench.search_fts5 import Fts5
from tests.shared_data import SHARED

Ask = Callable[[str], list[str]]  # a question → ids of documents, best first


@dataclass(frozen=True)
class Collection:
    """`texts` are (id, heading, text), `questions` with the ids that answer them."""

    name: str
    language: str
    texts: list[tuple[str, str, str]]
    questions: list[tuple[str, set[str]]]

    def answerable(self) -> list[tuple[str, set[str]]]:
        """Questions with an answer in the set, and only the answers that are."""
        there = {id_ for id_, _, _ in self.texts}
        return [(question, ids & there) for question, ids in self.questions if ids & there]


def main() -> None:
    """Measure every way on every set."""
    for collection in (_tax_code(), _kazqad()):
        with tempfile.TemporaryDirectory() as folder:
            for name, ask in _ways(collection, Path(folder)):
                print(json.dumps({"bench": "search_relevance", "set": collection.name, "way": name,
                                  "texts": len(collection.texts), "questions": len(collection.questions),
                                  **_figures(collection, ask)}))  # fmt: skip


def _tax_code() -> Collection:
    texts = []
    for path in sorted((SHARED / "data/legal-kk-ru/kz-tax-code-2025").rglob("st-*.md")):
        _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
        fields = dict(re.findall(r'^(\w+): "?(.*?)"?$', head, re.MULTILINE))
        texts.append((fields["article"], f"Статья {fields['article']}. {fields['heading']}", body))
    lines = (SHARED / "data/search/kz-tax-code-qa-ru.70.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    return Collection("tax-code", "ru", texts, [(each["question"], set(each["expected_articles"])) for each in asked])


def _kazqad() -> Collection:
    folder = SHARED / "data/search/kazqad-validation"
    passages = map(json.loads, (folder / "passages.jsonl").read_text(encoding="utf-8").splitlines())
    right: dict[str, set[str]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        topic, _, passage, judged = line.split("\t")
        right.setdefault(topic, set()).update({passage} if int(judged) > 0 else ())
    topics = [line.split("\t") for line in (folder / "topics.tsv").read_text(encoding="utf-8").splitlines()]
    texts = [(each["id"], each["title"], each["text"]) for each in passages]
    return Collection("kazqad", "kk", texts, [(question, right.get(topic, set())) for topic, question in topics])


def _ways(collection: Collection, folder: Path) -> Iterator[tuple[str, Ask]]:
    for store in (WhooshStore(), TantivyStore()):
        engine = _indexed(collection, folder / store.name, store)
        yield store.name, _asking(collection, engine, lambda text: clause_of(parse(text), needs_all=False))
        yield f"{store.name} without stemming", _asking(collection, engine, _unstemmed)
        yield f"{store.name}, forms of the text alone", _asking(collection, engine, _forms_alone)
    for name, tokenizer in (("unicode61", "unicode61"), ("trigram", "trigram")):
        yield f"fts5 {name}", _fts5(collection, tokenizer, 1.0, keeps_stop_words=True)
    yield "fts5 unicode61, headings ×4, no stop words", _fts5(collection, "unicode61", 4.0, keeps_stop_words=False)


def _indexed(collection: Collection, folder: Path, store: Store) -> IndexEngine:
    engine = IndexEngine(folder, store)
    documents = (
        document_of(Text(Reference(HitKind.comment, number, 1, collection.language), comment_group(number), head, body,
                         collection.language))
        for number, (_, head, body) in enumerate(collection.texts)
    )  # fmt: skip
    engine.rebuild(documents, lambda count: None, 1)
    return engine


def _asking(collection: Collection, engine: IndexEngine, clause: Callable[[str], Clause]) -> Ask:
    def ask(question: str) -> list[str]:
        found = engine.search(clause(question), Wish(limit=FIRST))
        best = sorted(found.candidates, key=lambda each: -each.score)
        return [collection.texts[each.reference.object_id][0] for each in best]

    return ask


def _unstemmed(question: str) -> Clause:
    """The portal's own clause with each word's form in place of its stems."""
    forms = {token.text for token in tokens(question)} - STOP_WORDS
    return AnyOf(tuple(
        Term(field, form, weight)
        for form in sorted(forms)
        for field, weight in ((Field.exact, 1 + EXACT_WEIGHT), (Field.head_exact, HEAD_WEIGHT + HEAD_EXACT_WEIGHT))
    ))  # fmt: skip


def _forms_alone(question: str) -> Clause:
    forms = {token.text for token in tokens(question)} - STOP_WORDS
    return AnyOf(tuple(Term(Field.exact, form) for form in sorted(forms)))


def _fts5(collection: Collection, tokenizer: str, heading: float, keeps_stop_words: bool) -> Ask:
    fts5 = Fts5(":memory:", ("head", "body"), [(head, body) for _, head, body in collection.texts], tokenizer)

    def ask(question: str) -> list[str]:
        words = [token.text for token in tokens(question)]
        kept = words if keeps_stop_words else [word for word in words if word not in STOP_WORDS]
        match = " OR ".join(f'"{word}"' for word in kept)
        return [collection.texts[number][0] for number in fts5.best(match, (heading, 1.0), FIRST)]

    return ask


def _figures(collection: Collection, ask: Ask) -> dict[str, float]:
    totals = dict.fromkeys(("in_first_5", "mrr10", "recall10", "ndcg10"), 0.0)
    asked = collection.answerable()
    for question, right in asked:
        hits = ask(question)[:FIRST]
        is_right = [hit in right for hit in hits]
        mrr, recall, ndcg = measure(is_right, sum(is_right), len(right))
        for name, figure in zip(totals, (float(any(is_right[:5])), mrr, recall, ndcg), strict=True):
            totals[name] += figure
    return {"answerable": len(asked), **{name: round(total / len(asked), 4) for name, total in totals.items()}}


if __name__ == "__main__":
    main()

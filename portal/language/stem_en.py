"""What do all forms of a English word share? Snowball's answer, from PyStemmer."""

from __future__ import annotations

import threading

import Stemmer


class _OfThread(threading.local):
    """A stemmer may not be used by two threads at once."""

    def __init__(self) -> None:
        self.stemmer = Stemmer.Stemmer("english", 0)


_of_thread = _OfThread()


def stem(word: str) -> str:
    """The stem of a folded word; an apostrophe is a plain one."""
    return _of_thread.stemmer.stemWord(word)

"""Does the desk tell how surely an uploaded text of any format was recognised, in the reader's language?"""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

from portal.accounts.models import User
from tests.client import PageClient
from tests.make import Maker

SignIn = Callable[..., User]
PAGE = "<html><body><h2>Глава 1. Общее</h2><p>1. Первый пункт.</p><p>2. Второй пункт.</p><p>3. Третий пункт.</p></body></html>"
LINES = {
    "en": "Recognised with high certainty: 100% of the text lies in numbered units; the numbers follow one another without a gap",
    "ru": "Структура распознана с высокой степенью уверенности: 100\u00a0% текста",
    "kk": "Құрылымы жоғары сенімділікпен танылды: нөмірленген нормалардағы мәтін үлесі – 100%",
}


@pytest.mark.parametrize("name", ["act.html", "act.md", "act.xml"])
def test_the_preview_says_how_sure_the_importer_was(client: PageClient, sign_in: SignIn, make: Maker, name: str) -> None:
    sign_in(client, "drafter", body=make.body())
    draft = make.draft()
    client.get(f"/desk/drafts/{draft.id}/text")
    data = PAGE.encode()
    client.post(
        f"/desk/drafts/{draft.id}/text", data={"file_ru": (io.BytesIO(data), name)}, content_type="multipart/form-data"
    )
    for language, line in LINES.items():
        client.get(f"/desk/drafts/{draft.id}/preview?text=ru&lang={language}")
        assert " ".join(line.split()) in " ".join(client.words.split())

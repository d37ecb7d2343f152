"""Dates of foreign-language editions: read where every number is accounted for, else not at all."""

import sys

import pytest

from newsbot import read_article
from newsbot.korean.foreign_dates import read_foreign


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("11 juin 2025 à 07:30", "2025-06-11T07:30:00+09:00", "minute"),
        ("Publié le 11 juin 2025 à 7h30", "2025-06-11T07:30:00+09:00", "minute"),
        ("miércoles, 11 de junio de 2025, 19:30 KST", "2025-06-11T19:30:00+09:00", "minute"),
        ("11. Juni 2025, 07:30 Uhr", "2025-06-11T07:30:00+09:00", "minute"),
        ("11 июня 2025, 07:30", "2025-06-11T07:30:00+09:00", "minute"),
        ("11 يونيو 2025 07:30", "2025-06-11T07:30:00+09:00", "minute"),
        ("11 mars 2025 07:30:12 +0000", "2025-03-11T16:30:12+09:00", "second"),
        ("11 juin 2025 11:11", "2025-06-11T11:11:00+09:00", "minute"),
        ("mercredi 11 juin 2025", "2025-06-11T00:00:00+09:00", "day"),
    ],
)
def test_a_date_of_another_language(text: str, moment: str, precision: str) -> None:
    found = read_foreign(text)
    assert found is not None
    assert (found.value.isoformat(), found.precision) == (moment, precision)


@pytest.mark.parametrize(
    "text",
    [
        "", "juin 2025", "Vol. 12, juin 2025", "11 juin 2025 07:30 - 12 juin 2025", "06/07/2025 mardi",
        "11 juin 2025, page 7", "31 juin 2025", "11 juin 25", "등록 2025년 juin 11", "11 juin 2025 25:30",
        "le 11 juin " + "x" * 60 + " 2025", "11 Juni 2025 07:30 CST", "2 Nov 2025 1:30 ET",
        "11 Juni 2025 10:00-11:00",
    ],
)  # fmt: skip
def test_what_is_not_sure_is_not_read(text: str) -> None:
    assert read_foreign(text) is None


PAGE = """<html lang="fr"><head><meta charset="utf-8"><title>Le marché de Mokpo rouvre</title>{meta}</head>
<body><article><h1>Le marché de Mokpo rouvre</h1>{printed}<div class="article-body">
<p>MOKPO -- Le marché aux poissons a rouvert mercredi après deux jours de travaux.</p>
<p>Les vendeurs ont repris leurs places dès l'aube, a indiqué la mairie dans un communiqué.</p>
<p>La seconde halle restera fermée jusqu'à la fin du mois.</p></div></article></body></html>"""


@pytest.mark.parametrize(
    ("meta", "printed", "published", "modified"),
    [
        (
            '<meta property="article:published_time" content="11 juin 2025 à 07:30">',
            "",
            "2025-06-11T07:30:00+09:00",
            None,
        ),
        ("", "<p class=date>Published : June 11, 2025 - 07:30</p>", "2025-06-11T07:30:00+09:00", None),
        ("", "<p class=date>Posted on 11 June 2025 at 7:30 PM</p>", "2025-06-11T19:30:00+09:00", None),
        (
            "",
            "<p class=date>Updated: Jun 12, 2025 08:00 | Published: Jun 11, 2025 07:30</p>",
            "2025-06-11T07:30:00+09:00",
            "2025-06-12T08:00:00+09:00",
        ),
    ],
)
def test_pages_of_editions_in_other_languages(
    meta: str, printed: str, published: str, modified: str | None
) -> None:
    article = read_article(PAGE.format(meta=meta, printed=printed), "https://edition.example/view/11")
    moments = (article.date_published, article.date_modified)
    assert [moment.isoformat() if moment else None for moment in moments] == [published, modified]


def test_a_page_whose_date_is_read_never_loads_dateparser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dateparser", None)
    page = PAGE.format(meta="", printed="<p class=date>Published : June 11, 2025 - 07:30</p>")
    assert read_article(page, "https://edition.example/view/11").date_published is not None
    with pytest.raises(ImportError):
        read_foreign("11 juin 2025 à 07:30")

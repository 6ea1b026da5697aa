"""Language: English passes however terse it is and whoever it names; other languages are named."""

from __future__ import annotations

import pytest

from secondsource.ingest.language import foreign_language
from secondsource.model import Article

FRENCH = "Le président français a annoncé mardi une réforme des retraites devant l'Assemblée nationale. "
ENGLISH = "The prime minister said on Tuesday that he would not resign over the affair of the bridge. "


@pytest.mark.parametrize(
    "text",
    [
        "MINISTER TO VISIT TOKYO AMID TENSIONS OVER GRAIN AND SANCTIONS, OFFICIALS SAY",
        "Bayern Munich beat Borussia Dortmund 3-1, Lewandowski scores twice",
        "Jose Garcia Hernandez, Maria Lopez Fernandez, Juan Carlos Perez indicted in Guadalajara",
        "Paris Saint-Germain, Olympique de Marseille, AS Monaco, Stade Rennais: Ligue 1 fixtures announced",
        "Bomb blast kills 12 in market; militia deny role; president vows revenge; curfew imposed",
        "Shares fall 3%",
        ENGLISH,
    ],
)
def test_english_passes(text: str) -> None:
    assert foreign_language(Article(text=text)) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (FRENCH, "French"),
        ("Muere un hombre tras un tiroteo en el centro de Madrid; la policía busca al autor", "Spanish"),
        ("Die Bundeskanzlerin sagte am Dienstag, die Regierung werde das Gesetz bald vorlegen.", "German"),
        ("Man overleden na schietpartij in Rotterdam, politie zoekt nog naar de dader", "Dutch"),
        ("Президент России во вторник встретился с министром в Москве и говорил о мосте.", "Russian"),
        ("التقى الرئيس وزير الخارجية في موسكو يوم الثلاثاء لبحث الأزمة في المنطقة", "Arabic"),
        ("美国国务卿周二表示，他将于下周访问俄罗斯，这是他上任以来的首次访问。", "Chinese"),
    ],
)
def test_another_language_is_named(text: str, language: str) -> None:
    assert foreign_language(Article(text=text)) == language


def test_mixed_text_is_in_the_language_of_most_of_its_characters() -> None:
    assert foreign_language(Article(text=FRENCH * 8 + "\n" + ENGLISH * 20)) is None
    assert foreign_language(Article(text=FRENCH * 30 + "\n" + ENGLISH * 10)) == "French"

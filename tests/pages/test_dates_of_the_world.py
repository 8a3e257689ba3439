"""Printed dates are found on their line and read in the languages of the web, with nothing but the page's own hints."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archiver.pages import calendar_words, dates
from archiver.pages.threads import times

AT = datetime(2012, 6, 15, 12, tzinfo=UTC)
TIME = "2008-08-03 15:20"

PRINTED = {
    "cs": ("3. srpna 2008 v 15:20", "3 Srpen, 2008 - 15:20"),
    "sk": ("3. augusta 2008 o 15:20", "3 august, 2008 - 15:20"),
    "pl": ("3 sierpnia 2008 o 15:20", "Sierpień 3, 2008 15:20", "3 sie 2008, 15:20"),
    "ru": ("3 августа 2008, 15:20", "Август 3, 2008 в 3:20 пп", "3 августа 2008 г. 15:20"),
    "uk": ("3 серпня 2008 о 15:20", "Серпень 3, 2008, 15:20"),
    "bg": ("3 август 2008 в 15:20",),
    "sr": ("3. avgust 2008. u 15:20", "3. август 2008. 15:20"),
    "hr": ("3. kolovoza 2008. u 15:20",),
    "ro": ("3 august 2008 la 15:20",),
    "hu": ("2008. augusztus 3. 15:20", "2008. aug. 3., 15:20", "2008.08.03. 15:20"),
    "fi": ("3. elokuuta 2008 klo 15.20", "3.8.2008 klo 15.20"),
    "sv": ("3 augusti 2008 kl. 15:20",),
    "da": ("3. august 2008 kl. 15.20",),
    "tr": ("3 Ağustos 2008, 15:20", "3 Ağustos 2008 Pazar 15:20"),
    "el": ("3 Αυγούστου 2008 στις 15:20", "Αυγ 3, 2008 15:20"),
    "id": ("3 Agustus 2008 pukul 15:20",),
    "vi": ("3 tháng 8 2008 lúc 15:20",),
    "ca": ("3 d'agost 2008 a les 15:20",),
    "fr": ("3 août 2008 à 15 h 20 min",),
    "zh": ("2008年8月3日 下午 3:20", "2008年8月3日15时20分", "2008/08/03 03:20 下午", "8月 3rd, 2008 at 15:20"),
    "ja": ("2008年8月 3日 (日) 午後 03時20分", "2008/08/03(日) 15:20", "八月 3, 2008 at 3:20 pm"),
    "ko": ("2008년 8월 3일 오후 3:20", "2008-08-03 오후 3:20", "2008.08.03. 15:20"),
    "ar": ("3 أغسطس 2008 الساعة 15:20",),
    "he": ("3 באוגוסט 2008 בשעה 15:20", "אוגוסט 3, 2008 15:20"),
    "en": ("2008 August 3, 15:20", "3:20pm Aug 3, 2008", "Sun Aug 3 15:20 2008"),
}

COUNTED = {
    "cs": ("před 3 dny", "včera v 15:20"),
    "sk": ("pred 3 dňami",),
    "pl": ("2 godziny temu", "wczoraj, 15:20"),
    "ru": ("2 часа назад", "вчера в 15:20"),
    "uk": ("2 години тому",),
    "hr": ("prije 3 dana",),
    "ro": ("acum 3 zile",),
    "hu": ("3 napja", "tegnap 15:20"),
    "fi": ("3 päivää sitten", "eilen 15:20"),
    "sv": ("för 3 dagar sedan", "igår 15:20"),
    "da": ("for 3 dage siden",),
    "tr": ("3 gün önce", "dün 15:20"),
    "el": ("πριν από 3 ώρες",),
    "id": ("3 hari yang lalu",),
    "vi": ("3 giờ trước",),
    "pt": ("há 3 dias", "ontem às 15:20"),
    "zh": ("大约1年前", "3 天前", "昨天 15:20", "刚刚"),
    "ja": ("2時間前", "昨日 15:20"),
    "ko": ("3시간 전", "1년 전", "어제 15:20"),
    "ar": ("منذ 3 ساعات",),
    "he": ("לפני 3 ימים",),
}


def _cases(table: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(language, raw) for language, printed in table.items() for raw in printed]


@pytest.mark.parametrize(("language", "raw"), _cases(PRINTED))
def test_a_date_is_found_whole_and_read(language: str, raw: str) -> None:
    assert times.printed_in(f"Ola: {raw}") == raw.strip(".")
    moment = dates.from_words(raw, at=AT, languages=(language,), rule="printed")
    assert f"{moment.local or moment.utc:%Y-%m-%d %H:%M}" == TIME


@pytest.mark.parametrize(("language", "raw"), _cases(COUNTED))
def test_a_date_counted_back_is_found_and_read(language: str, raw: str) -> None:
    assert times.printed_in(f"Ola – {raw}") == raw
    moment = dates.from_words(raw, at=AT, languages=(language,), rule="printed")
    assert moment.local or moment.utc


@pytest.mark.parametrize(
    "line", ["wie 3 sie sagen", "2 lip colours", "les 5 des douze", "3月", "for 3 days", "以前のこと"]
)
def test_words_that_might_be_months_need_a_year(line: str) -> None:
    assert times.printed_in(line) is None


def test_a_date_follows_a_word_without_a_blank_where_the_script_has_none() -> None:
    assert times.printed_in("发表于2008年8月3日 15:20") == "2008年8月3日 15:20"
    assert times.printed_in("x2008-08-03") is None


def test_a_name_of_two_months_is_none() -> None:
    assert calendar_words.month_of("listopada") is None
    assert calendar_words.month_of("červen") == 6
    assert calendar_words.month_of("červenec") == 7
    assert calendar_words.month_of("sept") == 9

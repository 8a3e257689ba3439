"""Dates as people print them: the common forms of the larger European languages, Chinese and Japanese read here,
everything else by dateparser (which takes a hundred times as long)."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import cache

from archiver.items import Moment, Precision
from archiver.pages import calendar_words

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# The zones of RFC 822 and those of Europe: abbreviations that name one offset wherever a page says them.
_ZONES = {
    **dict.fromkeys(("utc", "gmt", "z", "wet"), 0.0),
    "est": -5.0,
    "edt": -4.0,
    "cst": -6.0,
    "cdt": -5.0,
    "mst": -7.0,
    "mdt": -6.0,
    "pst": -8.0,
    "pdt": -7.0,
    "cet": 1.0,
    "cest": 2.0,
    "mez": 1.0,
    "mesz": 2.0,
    "eet": 2.0,
    "eest": 3.0,
    "bst": 1.0,
    "msk": 3.0,
    "jst": 9.0,
}

_HALF = rf"{calendar_words.BEFORE_NOON}|{calendar_words.AFTER_NOON}"
_CLOCK = re.compile(
    rf"(?<![\d:.,/-])(?:(?P<half_before>{_HALF})\s?)?(?P<dotted>\bkl(?:o|\.)?\s)?(?P<h>[01]?\d|2[0-4])"
    r"(?:(?:\s?[:：h時时시点點]\s?|\.(?=\d\d\s?(?:uhr|[ap]\.?m))|(?(dotted)\.|(?!)))(?P<m>[0-5]\d)"
    rf"(?:(?::|分|분\s?)(?P<s>[0-5]\d))?(?!\d)\s?(?P<half>[ap]\.?\s?m\b\.?|(?:{_HALF})|[πμ]\.?μ\b|[пд]п\b|[صم]\b)?"
    r"|\s?(?P<half_only>[ap]\.?\s?m\b\.?)|\s?(?:h\b|[時时시点點]))"
    r"(?:\s?uhr\b)?(?:\s?\(?(?P<offset>(?:(?:utc|gmt)\s?[+-]\d{1,2}(?::?\d\d)?|(?<=[\s\d])[+-]\d{4})\b)"
    rf"|\s?\(?(?P<zone>{calendar_words.any_of(calendar_words.ZONES.split())})\b)?"
)
_AFTER_NOON = re.compile(rf"p|μμ|μ\.μ|пп|م|{calendar_words.AFTER_NOON}")
_YEAR = r"(?P<y>\d{4}|['’]?\d{2}(?![\d:h]|\s?[ap]\.?m))"
_MONTH_WORD = r"(?P<word>[^\W\d_]{2,12})\.?"
_YEAR_FIRST = re.compile(r"(?<!\d)(?P<y>[12]\d{3})\s?[-/. 年년]\s?(?P<m>\d{1,2})\s?[-/. 月월]\s?(?P<d>\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})(?P<sep>[./-])\s?(?P<b>\d{1,2})(?P=sep)\s?(?P<y>\d{4}|\d{2})(?!\d)")
_DAY_MONTH = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?[\s.,/-]*(?:de\s|of\s|d['’])?{_MONTH_WORD}(?:[\s,،/-]*(?:de\s|del\s)?{_YEAR})?"
)
_MONTH_DAY = re.compile(
    rf"(?<![^\W\d_]){_MONTH_WORD}[\s-]*(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])(?:[\s,/-]*{_YEAR})?"
)
_YEAR_MONTH_DAY = re.compile(rf"(?<!\d)(?P<y>[12]\d{{3}})[\s.,]+{_MONTH_WORD}[\s.-]*(?P<d>\d{{1,2}})(?![\d:])")
_MONTH_YEAR = re.compile(rf"(?<![^\W\d_]){_MONTH_WORD}[\s,]*(?:de\s)?(?P<y>\d{{4}})(?!\d)")
_MONTH_NUMBER_DAY = re.compile(
    r"(?<!\d)(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})(?:st|nd|rd|th|[日일])?(?:[\s,]*(?P<y>\d{4}))?(?!\d)"
)
_YEAR_BEHIND = re.compile(r"\|\s*(?P<y>(?:19|20)\d{2})\b")
"""Behind the clock: 'Aug 3 15:20:11 2008'."""

_UNITS: dict[str, tuple[timedelta, Precision]] = {
    "s": (timedelta(seconds=1), "second"),
    "m": (timedelta(minutes=1), "minute"),
    "h": (timedelta(hours=1), "hour"),
    "d": (timedelta(days=1), "day"),
    "w": (timedelta(weeks=1), "month"),
    "mo": (timedelta(days=30), "month"),
    "y": (timedelta(days=365), "year"),
}
_PART_AGO = (
    r"(?P<n>\d{1,4}|an?|one|few) ?(?P<unit>s(?:ec(?:ond)?s?)?|m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|d(?:ays?)?"
    r"|w(?:ee)?ks?|w|mo(?:nth)?s?|y(?:(?:ea)?rs?)?)"
)
_AGO_PART = re.compile(_PART_AGO)
_AGO = re.compile(
    rf"(?:about |over |almost |~)?(?:{re.sub('P<[a-z]+>', ':', _PART_AGO)}(?:,? and |,? ?)){{1,3}} ?ago|just now"
)
_ABOUT = re.compile(r"^(?:大约|大約|约|約|около|asi|około|etwa|circa|environ)\s*", re.IGNORECASE)
_MAX_WORDS_FOR_LIBRARY = 60
_LIBRARY_CLOCK = re.compile(r"\d\s?[:h.時时시]\s?\d\d(?!\d|[./-]\d)")
_NO_DAY = datetime(2000, 1, 1)  # noqa: DTZ001 - a stand-in for today, which must not matter
_SCRIPTS = {
    "LATIN": (
        "en",
        "de",
        "fr",
        "es",
        "it",
        "nl",
        "pt",
        "pl",
        "cs",
        "sv",
        "da",
        "nb",
        "fi",
        "tr",
        "ro",
        "hu",
        "hr",
        "id",
        "vi",
        "ca",
    ),
    "CYRILLIC": ("ru", "uk", "bg", "sr", "be"),
    "GREEK": ("el",),
    "ARABIC": ("ar", "fa", "ur"),
    "HEBREW": ("he",),
    "CJK": ("zh", "ja"),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "HANGUL": ("ko",),
    "THAI": ("th",),
    "DEVANAGARI": ("hi", "mr"),
}
_MONTH_FIRST_TAGS = ("en-us", "en-ph")
_TWO_ORDERS = ("en", "zh", "ja", "ko", "hu", "lt", "mn")


def relative(words: str, at: datetime | None) -> Moment | None:
    """'2 hours ago' (English), counted back from `at`. Without `at` it is recognised and left unread."""
    lower = words.casefold().removeprefix("posted ").strip(" .()")
    if not _AGO.fullmatch(lower):
        return None
    if at is None:
        return Moment(raw=words, rule="relative, and the time of the capture is not known")
    ago = timedelta()
    precision: Precision = "minute"
    for found in _AGO_PART.finditer(lower.removesuffix("ago")):
        step, precision = _UNITS["mo" if found["unit"].startswith("mo") else found["unit"][0]]
        ago += step * (3 if found["n"] == "few" else int(found["n"]) if found["n"].isdecimal() else 1)
    return _ago(words, at.astimezone(UTC) - ago, precision, "counted from the capture")


def _ago(words: str, utc: datetime, precision: Precision, rule: str) -> Moment:
    """A time counted back. '10 years ago' is a year, not an instant: what is coarser than an hour has no clock."""
    first = {"year": {"month": 1, "day": 1}, "month": {"day": 1}, "day": {}}
    if precision not in first:
        return Moment(raw=words, utc=utc, precision=precision, rule=rule)
    local = utc.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0, **first[precision])
    return Moment(raw=words, local=local, precision=precision, rule=rule)


def absolute(words: str, at: datetime | None, languages: tuple[str, ...], day_first: bool | None) -> Moment | None:
    """A date with or without a clock; None where the form is not one of those known here."""
    lower = words.casefold()
    day = _numeric(lower, languages, day_first) or None
    clock = None
    if day is None:
        clock = _CLOCK.search(lower)
        lower_without = lower[: clock.start()] + " | " + lower[clock.end() :] if clock else lower
        day = _worded(lower_without, at)
    else:
        clock = _CLOCK.search(lower[: day[3]] + " | " + lower[day[4] :])
    if day is None:
        return None
    date, precision, rule, *_ = day
    if date is None:
        return Moment(raw=words, rule=rule)
    return _with_clock(words, date, precision, clock, rule)


def order(raw: str) -> bool | None:
    """Whether this one date shows the day before the month; None where it shows nothing."""
    lower = raw.casefold()
    found = _NUMBERS.search(lower)
    if found is None or _YEAR_FIRST.search(lower):
        return None
    return _order_of_numbers(int(found["a"]), int(found["b"]), _year(found["y"]), lower)


_Day = tuple[datetime | None, Precision, str, int, int]


def _numeric(lower: str, languages: tuple[str, ...], day_first: bool | None) -> _Day | None:
    if found := _YEAR_FIRST.search(lower):
        date = _date(int(found["y"]), int(found["m"]), int(found["d"]))
        return (date, "day", "", *found.span()) if date else None
    found = _NUMBERS.search(lower)
    if found is None:
        return None
    first, second, year = int(found["a"]), int(found["b"]), _year(found["y"])
    rule = ""
    sure = (found["sep"] == "." and second <= 12) or first == second
    shown = True if sure else _order_of_numbers(first, second, year, lower)
    if shown is None:
        shown = _order_of_language(languages) if day_first is None else day_first
        rule = (
            "order of day and month from the language" if day_first is None else "order of day and month from the page"
        )
    if shown is None:
        return None, "day", "day or month first: undecided", *found.span()
    date = _date(year, second, first) if shown else _date(year, first, second)
    return (date, "day", rule, *found.span()) if date else None


def _order_of_numbers(first: int, second: int, year: int, lower: str) -> bool | None:
    if first == second or first > 12 or second > 12:
        return first > 12 if first != second else None
    weekday = next((i for i, name in enumerate(_WEEKDAYS) if re.search(rf"\b{name}", lower)), None)
    fits = {
        day_first
        for day_first, (day, month) in ((True, (first, second)), (False, (second, first)))
        if (date := _date(year, month, day)) and date.weekday() == weekday
    }
    return fits.pop() if len(fits) == 1 else None


def _order_of_language(languages: tuple[str, ...]) -> bool | None:
    for tag in (language.replace("_", "-").casefold() for language in languages):
        if tag.startswith(_MONTH_FIRST_TAGS):
            return False
        if tag.startswith("en-") or tag.partition("-")[0] not in _TWO_ORDERS:
            return True
    return None


def _worded(lower: str, at: datetime | None) -> _Day | None:
    if (found := _MONTH_NUMBER_DAY.search(lower)) and int(found["m"]) <= 12:
        date, rule = _with_year(found["y"], int(found["m"]), int(found["d"]), at)
        return date, "day", rule, *found.span()
    for form in (_YEAR_MONTH_DAY, _DAY_MONTH, _MONTH_DAY):
        for found in form.finditer(lower):
            month = calendar_words.month_of(found["word"])
            if month is None:
                continue
            behind = None if found["y"] else _YEAR_BEHIND.search(lower, found.end())
            date, rule = _with_year(found["y"] or (behind and behind["y"]), month, int(found["d"]), at)
            return date, "day", rule, *found.span()
    for found in _MONTH_YEAR.finditer(lower):
        if month := calendar_words.month_of(found["word"]):
            return _date(int(found["y"]), month, 1), "month", "", *found.span()
    return None


def _with_year(year: str | None, month: int, day: int, at: datetime | None) -> tuple[datetime | None, str]:
    if year:
        return _date(_year(year), month, day), ""
    if at is None:
        return None, "no year printed, and the time of the capture is not known"
    latest = at.astimezone(UTC).replace(tzinfo=None) + timedelta(days=1)  # the page's clock may be a day ahead of UTC
    dates = (_date(latest.year - back, month, day) for back in range(9))
    return next((date for date in dates if date and date <= latest), None), "year from the capture"


def _with_clock(words: str, date: datetime, precision: Precision, clock: re.Match[str] | None, rule: str) -> Moment:
    if clock is None or precision != "day":
        return Moment(raw=words, local=date, precision=precision, rule=rule)
    hour, half = int(clock["h"]), clock["half_before"] or clock["half"] or clock["half_only"]
    if half and hour <= 12:
        hour = hour % 12 + (12 if _AFTER_NOON.match(half) else 0)
    time = date + timedelta(hours=hour, minutes=int(clock["m"] or 0), seconds=int(clock["s"] or 0))
    finest: Precision = "second" if clock["s"] else "minute" if clock["m"] else "hour"
    offset = _offset(clock)
    if offset is None:
        return Moment(raw=words, local=time, precision=finest, rule=rule)
    return Moment(raw=words, utc=(time - offset).replace(tzinfo=UTC), precision=finest, rule=rule)


def _offset(clock: re.Match[str]) -> timedelta | None:
    if clock["offset"]:
        sign, digits = re.sub(r"[a-z\s:]", "", clock["offset"])[:1], re.sub(r"\D", "", clock["offset"])
        hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
        return timedelta(hours=hours, minutes=minutes) * (-1 if sign == "-" else 1)
    hours_known = _ZONES.get(clock["zone"] or "")
    return None if hours_known is None else timedelta(hours=hours_known)


def _date(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day)  # noqa: DTZ001 - a printed day has no zone
    except ValueError:
        return None


def _year(printed: str) -> int:
    """Two digits mean the hundred years that end in 2068, as in POSIX: the web began in 1991."""
    number = int(printed.strip("'’"))
    return number if number > 99 else number + (1900 if number > 68 else 2000)


def by_library(words: str, at: datetime | None, languages: tuple[str, ...]) -> Moment | None:
    """Whatever dateparser makes of it. None where only today's date would settle it, and for bare numbers."""
    words = _ABOUT.sub("", words)
    rest = _CLOCK.sub("", words.casefold())
    if len(words) > _MAX_WORDS_FOR_LIBRARY or not any(c.isalpha() for c in rest):
        return None
    if at is not None and (counted := _library_reads(words, at, languages, "relative-time")):
        return _counted(words, at, *counted)
    if not any(c.isdecimal() for c in rest) or (read := _library_reads(words, at, languages, "absolute-time")) is None:
        return None
    time, _ = read
    precision: Precision = "minute" if _LIBRARY_CLOCK.search(words) else "day"
    rule = "dateparser" if re.search(r"\d{4}", words) else "dateparser, year from the capture"
    if time.tzinfo is None:
        return Moment(raw=words, local=time, precision=precision, rule=rule)
    return Moment(raw=words, utc=time.astimezone(UTC), precision=precision, rule=rule)


def _counted(words: str, at: datetime, time: datetime, period: str) -> Moment:
    """A relative date: an instant, unless a clock is printed beside it ('yesterday, 14:05'), which is a local one."""
    rule = "dateparser, counted from the capture"
    if _LIBRARY_CLOCK.search(words):
        return Moment(raw=words, local=time.replace(tzinfo=None), precision="minute", rule=rule)
    utc = time.replace(tzinfo=UTC)
    ago = abs(at.astimezone(UTC) - utc)
    coarse: dict[str, Precision] = {"week": "month", "month": "month", "year": "year"}
    fine: Precision = "minute" if ago < timedelta(hours=1) else "hour" if ago < timedelta(days=1) else "day"
    return _ago(words, utc, coarse.get(period, fine), rule)


def _library_reads(
    words: str, at: datetime | None, languages: tuple[str, ...], how: str
) -> tuple[datetime, str] | None:
    from dateparser.date import DateDataParser  # half a second: only for a page that needs it

    settings: dict[str, object] = {"PARSERS": [how], "PREFER_DATES_FROM": "past", "TIMEZONE": "UTC"}
    settings["REQUIRE_PARTS"] = ["day", "month"] if at else ["day", "month", "year"]
    settings["RELATIVE_BASE"] = at.astimezone(UTC).replace(tzinfo=None) if at else _NO_DAY
    known = _known_to_library(languages or _languages_of_script(words))
    try:
        found = DateDataParser(languages=known, settings=settings).get_date_data(words)
    except (ValueError, OverflowError):
        return None
    return (found.date_obj, str(found.period)) if found and found.date_obj else None


@cache
def _known_to_library(tags: tuple[str, ...]) -> list[str] | None:
    from dateparser.data.languages_info import language_order

    codes = [tag.replace("_", "-").partition("-")[0].lower() for tag in tags]
    return [code for code in codes if code in language_order] or None


def _languages_of_script(words: str) -> tuple[str, ...]:
    """The larger languages of the script that the words are in: the library takes 5 s over all that it knows."""
    letters = next((c for c in words if ord(c) > 0x24F and c.isalpha()), "a")
    script = unicodedata.name(letters, "LATIN").partition(" ")[0]
    return _SCRIPTS.get(script, _SCRIPTS["LATIN"] if letters == "a" else ())

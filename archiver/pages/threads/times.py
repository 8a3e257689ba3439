"""Where a line prints a time. Only found here, not read: `archiver.pages.dates` does that.

A date counts where it stands on a short line ('Posted by Ann on 3 May 2012 at 9:15 pm'), never inside a paragraph:
'may', 'mar' and 'set' are words, and people write about dates.
"""

from __future__ import annotations

import re
from typing import Final

from archiver.pages import calendar_words
from archiver.pages.threads.words import lowered

MAX_LINE: Final = 160

_WEEKDAYS = """
monday mon tuesday tues tue wednesday wed thursday thurs thur thu friday fri saturday sat sunday sun montag dienstag
mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica maandag
dinsdag woensdag donderdag vrijdag zaterdag zondag
"""


_MONTH = rf"(?:{calendar_words.months()}\b\.?|tháng\s\d{{1,2}}\b|\d{{1,2}}\s?[月월])"
_BRIEF_MONTH = rf"{calendar_words.brief_months()}\b\.?"
_WEEKDAY = rf"(?:{calendar_words.any_of(_WEEKDAYS.split())}\b\.?[,\s]*(?:the\s|le\s|el\s|den\s|der\s)?)?"
_WEEKDAY_BEHIND = (
    r"(?:[\s,]*(?:[(（][^\W\d_]{1,10}\.?[)）]|(?:星期|[周週])[一二三四五六日天]|[日月火水木金土]曜日?|[월화수목금토일]요일"
    r"|pazartesi|salı|çarşamba|perşembe|cuma(?:rtesi)?|pazar|hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap))?"
)
_ZONE = (
    rf"(?:\s?\(?{calendar_words.any_of(calendar_words.ZONES.split())}\b\)?(?:\s?[+-]\d{{1,2}}(?::?\d{{2}})?)?"
    r"|\s?[+-]\d{2}:?\d{2}\b)?"
)
_HALF = rf"(?:{calendar_words.BEFORE_NOON}|{calendar_words.AFTER_NOON})"
CLOCK: Final = (
    rf"(?:(?:{_HALF}\s?)?\d{{1,2}}\s?[时時시点點]\s?\d{{1,2}}\s?[分분]?(?:\s?\d{{1,2}}\s?[秒초])?"
    rf"|(?:{_HALF}\s?)?(?:\d{{1,2}}[:：h.]\d{{2}}(?::\d{{2}})?(?:\.\d+)?|\d{{1,2}}\sh\s\d{{2}}(?:\smin\b)?)"
    rf"(?:\s?[ap]\.?\s?m\b\.?|\s?uhr\b|\s?h\b|\s?{_HALF}|\s[ap]\.\s[mμ]\.|\s[πμ]\.?μ\b\.?|\s[дп]п\b|\s[صم]\b)?"
    r"|\d{1,2}\s?[ap]\.?m\b\.?)"
) + _ZONE
_YEAR = r"(?:(?:19|20|١٩|٢٠)\d{2}|['’]\d{2}|\d{2})\b(?!:)"
_WHOLE_YEAR = r"(?:(?:19|20|١٩|٢٠)\d{2}|[١٢]\d{3})(?!\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?"
_DATE = (
    rf"(?:{_WEEKDAY}(?:{_DAY}[\s\-/.]*(?:of\s|de\s|d['’])?{_MONTH}(?:[\s,،\-/.]*(?:de\s)?{_YEAR})?"
    rf"|{_DAY}[\s\-/.]*{_BRIEF_MONTH}[\s,\-/.]*{_WHOLE_YEAR}"
    rf"|{_MONTH}[\s\-]*{_DAY}[日일]?(?![:\d])(?:,?[\s\-]+{_YEAR}|,\s?{_YEAR})?"
    rf"|{_BRIEF_MONTH}[\s\-]*{_DAY}(?![:\d]),?[\s\-]+{_WHOLE_YEAR}"
    rf"|{_WHOLE_YEAR}[\s.,]+{_MONTH}[\s\-.]*{_DAY}(?![:\d])"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)\.?"
    r"|\d{1,2}(?P<sep>[./-])\s?\d{1,2}(?P=sep)\s?(?:(?:19|20)\d{2}|\d{2})(?!\d)"
    r"|(?:19|20)\d{2}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    rf")){_WEEKDAY_BEHIND}"
)
_BETWEEN = rf"[\s,،.–—@|/\-·•~t]{{0,4}}(?:(?:г(?:ода?)?\.?\s)?(?:{calendar_words.JOINTS})\b\.?|г\.)?[\s,:\-–]{{0,3}}"
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|y)"
_AGO = (
    rf"(?:(?:about|over|almost|nearly|more than|less than)\s)?(?:an?|one|\d+)\s?\+?\s?{_UNIT}\b\.?"
    rf"(?:,?\s(?:and\s)?\d+\s{_UNIT})*\s(?:ago|before)\b"
    r"|vor\s(?:etwa\s|über\s|fast\s|ca\.\s)?(?:eine[mr]?|\d+)\s(?:sekunde|minute|stunde|tag|woche|monat|jahr)(?:e?n)?\b"
    r"|il y a\s(?:environ\s)?\w+\s\w+|hace\s(?:un[ao]?|\d+)\s\w+"
    rf"|(?:f[öo]r\s)?\d+\s\w+\s(?:{calendar_words.AGO_BEHIND})\b|\d+\s(?:napja|órája|perce)\b"
    rf"|(?:{calendar_words.AGO_BEFORE})\s\d+\s\w+"
)
_RECENT_DAY = rf"(?:{calendar_words.RECENT_DAYS})"

_EAST = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_FRESH = rf"(?<![:/.#-])(?<![^\W{_EAST}])"
"""No word or number goes on before it; in Chinese, Japanese and Korean no blank stands between words."""
PRINTED: Final = re.compile(
    rf"{_FRESH}(?:(?:{CLOCK}{_BETWEEN})?{_DATE}(?:{_BETWEEN}{CLOCK}(?:\s(?:19|20)\d{{2}}\b)?)?|{calendar_words.AGO_EAST}"
    rf"|{_RECENT_DAY}{_BETWEEN}{CLOCK}|{CLOCK}{_BETWEEN}{_RECENT_DAY})|(?<!\w)(?:{_AGO})"
)
CLOCK_ALONE: Final = re.compile(rf"(?<![\w:/.#-]){CLOCK}(?![\w:])")
_DIGIT: Final = re.compile(r"\d")
_SPELLED: Final = re.compile(r"ago\b|vor ein|hace un|il y a|前|刚刚|刚才|剛剛|剛才|たった今|방금")
"""A time without digits holds one of these ('an hour ago'). Looked for by their first letters, and so in no time."""
_NOT_WRITTEN: Final = re.compile(
    r"\b(?:join(?:ed|\s?date)?|registered|registriert|registrierungsdatum|dabei seit|mitglied seit|member since|inscrit"
    r"|im board seit|registrado|beiträge|posts?:|last (?:seen|visit|active|edited|updated)|zuletzt|edited|geändert"
    r"|bearbeitet|date of birth|gepostet in)\b"
)
_ANNOUNCES_ANOTHER: Final = re.compile(
    r"\b(?:joined|join date|registered|registriert seit|mitglied seit|dabei seit|im board seit|member since"
    r"|registrierungsdatum)\W*$"
)
_EDGES = " ,-|–·"
_MAX_CLOCK_LINE = 60
_MAX_PLAIN_LINE = 80


def find(line: str) -> re.Match[str] | None:
    """The time that a line (in lower case) prints, with clock and zone; None where it prints none, or is too long to
    be a label."""
    if len(line) > MAX_LINE or not (_DIGIT.search(line) or _SPELLED.search(line)):
        return None
    found = PRINTED.search(line) or (CLOCK_ALONE.search(line) if len(line) < _MAX_CLOCK_LINE else None)
    if found is None or (len(line) >= _MAX_PLAIN_LINE and found.end() - found.start() <= 5):
        return None
    return found


def first_in(line: str) -> re.Match[str] | None:
    """The first time in a line (in lower case) of any length."""
    return PRINTED.search(line) if _DIGIT.search(line) or _SPELLED.search(line) else None


def printed_in(line: str) -> str | None:
    """The time that a line prints, as it stands there, without what is around it; None where `find` sees none."""
    found = find(lowered(line))
    return line[found.start() : found.end()].strip(_EDGES) if found else None


def is_of_another_event(line: str, found: re.Match[str], before: str) -> bool:
    """Whether the time is when somebody joined or edited. `before` is the line above: a label may stand there."""
    if _NOT_WRITTEN.search(line, 0, found.start()):
        return True
    return len(before) < 40 and _ANNOUNCES_ANOTHER.search(before) is not None


def is_about_member(line: str) -> bool:
    """Whether a line (in lower case) tells when somebody joined, or how much they wrote."""
    return _ANNOUNCES_ANOTHER.search(line[:_MAX_CLOCK_LINE].split(":")[0]) is not None

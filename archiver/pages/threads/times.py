"""Where a line prints a time. Only found here, not read: `archiver.pages.dates` does that.

A date counts where it stands on a short line ('Posted by Ann on 3 May 2012 at 9:15 pm'), never inside a paragraph:
'may', 'mar' and 'set' are words, and people write about dates.
"""

from __future__ import annotations

import re
from typing import Final

from archiver.pages.threads.words import lowered

MAX_LINE: Final = 160

_MONTHS = """
january jan february feb march mar april apr may june jun july jul august aug september sept sep october oct november
nov december dec januar jänner februar märz mär mrz mai juni juli oktober okt dezember dez janvier janv février févr
fév fevrier mars avril avr juin juillet juil août aout septembre octobre novembre décembre déc enero ene febrero marzo
abril abr mayo junio julio agosto ago septiembre setiembre octubre noviembre diciembre dic gennaio gen febbraio aprile
maggio mag giugno giu luglio lug settembre set ottobre ott dicembre januari februari maart mrt mei augustus janeiro
fevereiro março maio junho julho setembro outubro out novembro dezembro maj augusti januar
января янв февраля фев марта мар апреля апр мая май июня июн июля июл августа авг сентября сен октября окт ноября ноя
декабря дек stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
"""
_WEEKDAYS = """
monday mon tuesday tues tue wednesday wed thursday thurs thur thu friday fri saturday sat sunday sun montag dienstag
mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lundi mardi mercredi jeudi vendredi samedi dimanche
lunes martes miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica maandag
dinsdag woensdag donderdag vrijdag zaterdag zondag
"""


def _any(words: str) -> str:
    return "(?:" + "|".join(sorted(dict.fromkeys(words.split()), key=len, reverse=True)) + ")"


_MONTH = _any(_MONTHS) + r"\b\.?"
_WEEKDAY = rf"(?:{_any(_WEEKDAYS)}\b\.?[,\s]*(?:the\s|le\s|el\s|den\s|der\s)?)?"
_ZONE = r"(?:\s?\(?(?:[a-z]{2,3}t|et|pt|ct|mt|utc|z)\b\)?(?:\s?[+-]\d{1,2}(?::?\d{2})?)?|\s?[+-]\d{2}:?\d{2}\b)?"
CLOCK: Final = (
    r"(?:\d{1,2}[:h.]\d{2}(?::\d{2})?(?:\.\d+)?(?:\s?[ap]\.?\s?m\b\.?|\s?uhr\b|\s?h\b)?|\d{1,2}\s?[ap]\.?m\b\.?)"
    + _ZONE
)
_YEAR = r"(?:(?:19|20)\d{2}|['’]\d{2}|\d{2})\b(?!:)"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?"
_DATE = (
    rf"(?:{_WEEKDAY}(?:{_DAY}[\s\-/.]*(?:of\s|de\s)?{_MONTH}(?:[\s,\-/.]*(?:de\s)?{_YEAR})?"
    rf"|{_MONTH}[\s\-]*{_DAY}(?![:\d])(?:,?[\s\-]+{_YEAR}|,\s?{_YEAR})?"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"
    r"|\d{1,2}(?P<sep>[./-])\s?\d{1,2}(?P=sep)\s?(?:(?:19|20)\d{2}|\d{2})(?!\d)"
    r"|(?:19|20)\d{2}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]))"
)
_BETWEEN = r"[\s,–—@|/\-·•~t]{0,4}(?:(?:at|um|on|às|a las|à|alle(?: ore)?|kl\.?|om|ore|o|в|the)\b)?[\s,:\-–]{0,3}"
_UNIT = r"(?:seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|years?|yrs?|y)"
_AGO = (
    rf"(?:(?:about|over|almost|nearly|more than|less than)\s)?(?:an?|one|\d+)\s?\+?\s?{_UNIT}\b\.?"
    rf"(?:,?\s(?:and\s)?\d+\s{_UNIT})*\s(?:ago|before)\b"
    r"|vor\s(?:etwa\s|über\s|fast\s|ca\.\s)?(?:eine[mr]?|\d+)\s(?:sekunde|minute|stunde|tag|woche|monat|jahr)(?:e?n)?\b"
    r"|il y a\s(?:environ\s)?\w+\s\w+|hace\s(?:un[ao]?|\d+)\s\w+"
    r"|\d+\s\w+\s(?:fa|geleden|siden|sedan|atrás|назад|temu)\b"
    r"|há\s\d+\s\w+|\d+\s?(?:分钟|小时|天|週|周|个月|年|時間|分|日|か月|ヶ月)前"
)
_RECENT_DAY = r"(?:yesterday|today|gestern|heute|hier|aujourd'hui|ayer|hoy|ieri|oggi|gisteren|vandaag)"

PRINTED: Final = re.compile(
    rf"(?<![\w:/.#-])(?:{CLOCK}{_BETWEEN})?{_DATE}(?:{_BETWEEN}{CLOCK})?|(?<!\w)(?:{_AGO})"
    rf"|(?<!\w){_RECENT_DAY}{_BETWEEN}{CLOCK}|(?<!\w){CLOCK}{_BETWEEN}{_RECENT_DAY}"
)
CLOCK_ALONE: Final = re.compile(rf"(?<![\w:/.#-]){CLOCK}(?![\w:])")
_MAYBE: Final = re.compile(r"\d|\bago\b|\bvor ein|\bhace un|\bil y a")
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
    if len(line) > MAX_LINE or not _MAYBE.search(line):
        return None
    found = PRINTED.search(line) or (CLOCK_ALONE.search(line) if len(line) < _MAX_CLOCK_LINE else None)
    if found is None or (len(line) >= _MAX_PLAIN_LINE and found.end() - found.start() <= 5):
        return None
    return found


def printed_in(line: str) -> str | None:
    """The time that a line prints, as it stands there, without what is around it; None where `find` sees none."""
    found = find(lowered(line))
    return line[found.start() : found.end()].strip(_EDGES) if found else None


def is_of_another_event(line: str, found: re.Match[str], before: str) -> bool:
    """Whether the time is when somebody joined or edited. `before` is the line above: a label may stand there."""
    if _NOT_WRITTEN.search(line, 0, found.start()):
        return True
    return len(before) < 40 and _ANNOUNCES_ANOTHER.search(before) is not None

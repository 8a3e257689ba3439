"""The words of printed dates: months, halves of the day, days just past and what stands for 'ago', in the languages of
the web. Lower case throughout. Sources: Unicode CLDR, and what WordPress, Drupal and forum software print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from typing import Final

_SHORTENED: Final = (
    "january january januar janvier enero gennaio januari janeiro jänner",
    "february february februar février febrero febbraio februari fevereiro feber",
    "march march märz mars marzo marzo maart março maerz",
    "april april april avril abril aprile april abril",
    "may may mai mai mayo maggio mei maio maj",
    "june june juni juin junio giugno juni junho",
    "july july juli juillet julio luglio juli julho",
    "august august august août agosto agosto augustus agosto augusti",
    "september september september septembre septiembre settembre september setembro setiembre",
    "october october oktober octobre octubre ottobre oktober outubro",
    "november november november novembre noviembre novembre november novembro",
    "december december dezember décembre diciembre dicembre december dezembro",
)
"""Months whose beginnings of three letters or more stand for them too: 'Sept', 'févr'."""

_WHOLE: Final = (
    "leden ledna januára styczeń stycznia январь января январе січень січня јануар януари siječanj siječnja"
    " ianuarie január jan ocak tammikuu tammikuuta jaanuar sausio janvāris ιανουάριος ιανουαρίου gener"
    " tháng_một 一月 يناير ינואר בינואר urtarrila xaneiro",
    "únor února februára luty lutego февраль февраля февр лютий лютого фебруар февруари veljača veljače"
    " februarie február şubat helmikuu helmikuuta veebruar vasario februāris φεβρουάριος φεβρουαρίου febrer"
    " febr tháng_hai 二月 فبراير פברואר בפברואר otsaila febreiro",
    "březen března marec marca marzec март марта березень березня ožujak ožujka martie március márc marts"
    " mart maaliskuu maaliskuuta märts kovo μάρτιος μαρτίου març maret tháng_ba 三月 مارس מרץ במרץ מרס martxoa",
    "duben dubna apríl apríla kwiecień kwietnia апрель апреля квітень квітня април travanj travnja aprilie"
    " április nisan huhtikuu huhtikuuta aprill balandžio aprīlis απρίλιος απριλίου tháng_tư 四月 أبريل ابريل"
    " אפריל באפריל apirila",
    "květen května mája maja maj май мая травень травня мај svibanj svibnja május mayıs toukokuu toukokuuta"
    " gegužės maijs μάιος μαΐου maig mei tháng_năm 五月 مايو מאי במאי maiatza",
    "červen června júna czerwiec czerwca июнь июня червень червня јун јуни юни iunie június haziran kesäkuu"
    " kesäkuuta juuni birželio jūnijs ιούνιος ιουνίου juny tháng_sáu 六月 يونيو יוני ביוני ekaina xuño junij"
    " lipanj lipnja",
    "červenec července júla lipiec lipca июль июля липень липня јул јули юли iulie július temmuz heinäkuu"
    " heinäkuuta juuli liepos jūlijs ιούλιος ιουλίου juliol julai tháng_bảy 七月 يوليو יולי ביולי uztaila xullo"
    " julij srpanj srpnja",
    "srpen srpna augusta sierpień sierpnia август августа серпень серпня kolovoz kolovoza augusztus ağustos"
    " elokuu elokuuta rugpjūčio augusts αύγουστος αυγούστου agost agustus ogos avgust tháng_tám 八月 أغسطس"
    " אוגוסט באוגוסט abuztua",
    "září wrzesień września сентябрь сентября вересень вересня септембар септември септ rujan rujna"
    " septembrie szeptember eylül syyskuu syyskuuta rugsėjo septembris σεπτέμβριος σεπτεμβρίου setembre"
    " tháng_chín 九月 سبتمبر ספטמבר בספטמבר iraila",
    "říjen října október októbra październik października октябрь октября жовтень жовтня октобар октомври"
    " octombrie ekim lokakuu lokakuuta oktoober spalio oktobris οκτώβριος οκτωβρίου octubre tháng_mười 十月"
    " أكتوبر אוקטובר באוקטובר urria listopada",
    "listopad listopadu listopada ноябрь ноября листопад листопада новембар ноември studeni studenoga"
    " noiembrie kasım marraskuu marraskuuta lapkričio novembris νοέμβριος νοεμβρίου tháng_mười_một 十一月 نوفمبر"
    " נובמבר בנובמבר azaroa",
    "prosinec prosince grudzień grudnia декабрь декабря грудень грудня децембар декември prosinac prosinca"
    " decembrie aralık joulukuu joulukuuta detsember gruodžio decembris δεκέμβριος δεκεμβρίου desembre"
    " desember tháng_mười_hai 十二月 ديسمبر דצמבר בדצמבר abendua",
)
"""Months that are printed as they stand here. 'listopada' is October in Croatian, November in Polish: it names none."""

_BRIEF: Final = (
    "sty янв січ ian oca gen ιαν",
    "lut фев лют şub φεβ",
    "мар бер mrt μαρ már",
    "kwi апр квіт nis ápr απρ",
    "maj май трав máj μάι",
    "cze июн черв iun haz jún ιουν",
    "lip июл iul tem júl ιουλ",
    "sie авг серп ağu agu avg αυγ",
    "wrz сен сент вер сеп szept eyl σεπ",
    "paź окт жовт eki οκτ",
    "ноя нояб лист noi kas νοε",
    "gru дек груд ara des δεκ",
)
"""Abbreviations that are also words ('sie', 'lip', 'des'), or might be: a month where a day and a year stand by."""

_WESTERN_BRIEF: Final = (
    "jan feb mar apr jun jul aug sept sep oct nov dec jän mär mrz okt dez janv févr fév fevrier avr juil aout déc ene"
    " abr ago dic gen mag giu lug set out янв фев мар апр июн июл авг сен окт ноя дек"
)

ZONES: Final = (
    "utc gmt z et ct mt pt est edt cst cdt mst mdt pst pdt akst akdt hst ast adt nst ndt brt art wet west bst cet cest"
    " mez mesz eet eest sast msk ist pkt ict wib hkt sgt awst kst jst acst acdt aest aedt nzst nzdt"
)
"""Not any three letters: 'Post' and 'Kurt' may stand behind a clock."""

BEFORE_NOON: Final = "上午|午前|오전|早上|凌晨|清晨"
AFTER_NOON: Final = "下午|午後|오후|晚上|傍晚|中午"
"""Stand before the clock, in Japanese and Korean always, in Chinese now and then behind it."""

JOINTS: Final = (
    "at|um|v|on|às|a las|a les|à|alle ore|alle|klo|kl|om|ore|o|u|ob|la|в|у|о|the|ve|saat|στις|pukul|pada|lúc"
    "|الساعة|في|בשעה"
)
"""What stands between a day and a clock."""

RECENT_DAYS: Final = (
    "yesterday|today|gestern|heute|hier|aujourd['’]hui|ayer|hoy|ieri|oggi|gisteren|vandaag|ontem|hoje|wczoraj|dziś|dzisiaj"
    "|včera|dnes|вчера|сегодня|вчора|сьогодні|igår|i går|idag|i dag|eilen|tänään|tegnap|dün|bugün|ieri|azi|jučer|danas"
    "|χθες|χτες|σήμερα|kemarin|hari ini|hôm qua|hôm nay|أمس|اليوم|אתמול|היום|昨天|今天|前天|昨日|今日|一昨日|어제|오늘"
)

AGO_BEHIND: Final = (
    "fa|geleden|siden|sedan|atrás|назад|temu|тому(?: назад)?|önce|evvel|sitten|ezelőtt|napja|órája|perce|lalu|yang lalu"
    "|trước|nazaj|преди"
)
"""Behind a number and a unit: '3 dagen geleden'."""

AGO_BEFORE: Final = "před|pred|prije|pre|acum|преди|пред|há|hace|πριν(?: από)?|منذ|قبل|לפני"
"""Before a number and a unit: 'há 3 dias'."""

AGO_EAST: Final = (
    r"(?:大约|大約|约|約)?\s?(?:\d+|[一二三四五六七八九十半几数]+)\s?(?:秒钟?|秒鐘?|分钟|分鐘|分|个?小时|個?小時|時間|天|日|[周週]間?"
    r"|个?星期|個?星期|[个個かヶカケ]?月|年)\s?(?:以?前|之前)|刚刚|剛剛|刚才|剛才|たった今"
    r"|\d+\s?(?:초|분|시간|일|주일?|개월|달|년)\s?전|방금(?:\s?전)?"
)


def month_of(word: str) -> int | None:
    """The number of the month with this name (in lower case); None for any other word, and for one that names two."""
    return _months().get(_plain(word))


@cache
def _months() -> dict[str, int]:
    """Names without accents, and beginnings of the western ones; a beginning of two months is no name, nor is a name
    of two."""
    names, beginnings = dict[str, set[int]](), dict[str, set[int]]()
    for number, (western, others, brief) in enumerate(zip(_SHORTENED, _WHOLE, _BRIEF, strict=True), start=1):
        for name in map(_plain, f"{western} {others} {brief}".split()):
            names.setdefault(name, set()).add(number)
        for name in map(_plain, western.split()):
            for length in range(3, len(name)):
                beginnings.setdefault(name[:length], set()).add(number)
    found = {name: numbers.pop() for name, numbers in beginnings.items() if len(numbers) == 1}
    return found | {name: numbers.pop() for name, numbers in names.items() if len(numbers) == 1}


def _plain(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


def months() -> str:
    """A pattern for the names of months that can stand without a year."""
    return any_of(" ".join((*_SHORTENED, *_WHOLE, _WESTERN_BRIEF)).split())


def brief_months() -> str:
    """A pattern for the abbreviations that need one."""
    return any_of(" ".join(_BRIEF).split())


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest that fits: common beginnings are looked at once."""
    return _alternatives(sorted({word.replace("_", " ") for word in words}))


def _alternatives(words: list[str]) -> str:
    """Of sorted words, all different."""
    parts = []
    for first, group in groupby(filter(None, words), key=lambda word: word[0]):
        rest = [word[1:] for word in group]
        parts.append(re.escape(first) + (_alternatives(rest) if any(rest) else ""))
    together = parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"
    return together if words[0] else f"(?:{together})?"

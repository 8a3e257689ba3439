"""The vocabulary of comment threads, in the languages of the web: in class names, headings, labels and counters.

Patterns are written in lower case and meant for text in lower case (`lowered`): that is three times as fast as
ignoring case. Those that cut something out of a text ignore case instead.
"""

from __future__ import annotations

import re
from typing import Final

from archiver.pages.alternatives import by_first_letter


def lowered(text: str) -> str:
    """Lower case of the same length: offsets into it are offsets into the text."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in text)


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(source)


def _any_of(source: str) -> re.Pattern[str]:
    return re.compile(by_first_letter(source))


def _cutting(source: str) -> re.Pattern[str]:
    return re.compile(source, re.IGNORECASE)


# ---- in class names and ids. `c(?<!\wc)` is `\bc`: where all alternatives begin with a letter, a search looks
# for those letters first, and most names have none of them.

COMMENT_NAME: Final = _any_of(
    r"comm?ent|c(?<!\wc)oms?[-_#\d]|c(?<!\wc)oms\b|kom+ent|reactie|reaction|responses?\b|disqus|dsq|feedback|discuss"
    r"|коммент|talkback|cmt|replies|r(?<!\wr)eply|opinion|leserbrief|leserpost|meinung|postlist|commlist|idc-|guestbook"
    r"|shout|yorum|hozzaszolas|prispev"
)
POST_NAME: Final = _pattern(r"post|message|msg|thread|topic|reply|answer|entry|forum|p[\d#]|beitrag|messaggio|mensaje")
ANSWER_NAME: Final = _pattern(r"answer|antwort|respuesta|réponse|risposta|ответ")
ASIDE_NAME: Final = _any_of(
    r"recent|latest|sidebar|side-bar|widget|popular|related|most[-_]|trending|footer|n(?<!\wn)av|menu|blogroll|archive"
    r"|tagcloud|categor|share|social|toolbar|teaser|promo|newsletter|subscribe|breadcrumb|pagination|login|advert"
    r"|similar|headline"
)
FORM_NAME: Final = _pattern(
    r"commentform|comment[-_]form|respond\b|post-?comment|leave.?a?.?(?:comment|reply)|add.?comment|new.?comment"
    r"|write.?comment|reply-?form|comments-open|quick_?reply"
)
AUTHOR_NAME: Final = _pattern(
    r"(?:^|[\s_-])(?:fn|vcard|author|user(?:name)?|nick\w*|poster|commenter|comment-?author|autor|auteur|byline|who|from"
    r"|name|avatar|gravatar|profile|member|creator)(?:$|[\s_-])"
)
SURE_AUTHOR_NAME: Final = _pattern(
    r"(?:^|[\s_-])(?:fn|n|comment-?_?author(?:-?name)?|commenter(?:-?name)?|comment-?meta-?author|author(?:-?name)?"
    r"|author-?link|user-?name|bigusername|nick(?:name)?|poster(?:name)?|screen-?name|creator|display-?name|idc-name"
    r"|hw-user-name|comment-user(?:name)?|by-?name|autor|profile-?link|postprofile-name|names|full-name)(?:$|[\s_])"
)
LIKELY_AUTHOR_NAME: Final = _pattern(
    r"author|user|poster|nick|commenter|byline|vcard|profile|member|autor|name|who|url\b|creator|by\b"
)
NOT_AUTHOR_NAME: Final = _pattern(
    r"date|time|perma|meta\b|badge|title|rank|avatar|image|photo|count|location|reply|control|action|tool|button|karma"
    r"|stat|joined|role|body|content|text|message"
)
MENTION_NAME: Final = _pattern(r"mention")
BODY_NAME: Final = _pattern(r"(?:content|text|body|message|copy|txt|cooked|inhalt|description)\b")
DATE_NAME: Final = _pattern(r"time|date|datum|posted|meta|permalink|stamp|publi|fecha")
NESTING_NAME: Final = _pattern(r"child|repl|thread|indent|nest|\bsub|level|answer|antwort|respons|depth|tree|group")
LEVEL_NAME: Final = _pattern(
    r"(?:depth|level|indent|thread-level|lvl|nest(?:ed|ing)?|tier|einrueckung|ebene|offset|twig|nivel|niveau|livello)[-_]?(\d+)"
)
PICTURE_NAME: Final = _pattern(r"avatar|gravatar|userpic|profile|/user")
VARIANT_NAME: Final = _pattern(
    r"^(?:[\w-]*[_-](?:odd|even|alt)|odd|even|alt\d*|first|last|byuser|bypostauthor|by-?author"
    r"|authcomment|parent|depth-?\d+|level-?\d+|comment-author-.*|clearfix|clear|cf|fix|group|row\d*|hentry|highlighted|item|new|t\d+|c\d"
    r"|y\d{4}|m\d\d|d\d\d|h\d\d)$"
)
SURE_NAME: Final = _pattern(r"dsq-comment-#|wpd-comm-#|schema\.org/(?:user)?comments?\b|idcomment#|sioc:Post")
HOSTED_NAME: Final = _pattern(r"dsq|disqus|idc-|livefyre")
FORUM_NAME: Final = _pattern(
    r"phpbb|vbulletin|xenforo|discourse|smf_|\bforum|viewtopic|showthread|/threads?/|[/?&]topic|discussion|questions?/"
    r"|answer|ipsapp|mybb|vanilla|bbpress|flarum|phorum|nodebb|woltlab|punbb|fluxbb|ubbthreads|\bdiscuss\.|/t/[\w-]+/\d"
)
ENTRY_NAME: Final = _pattern(r"\btype-post\b|\bh-?entry\b")
NOT_ENTRY_NAME: Final = _pattern(r"comm?ent|reply|topic|h-cite|answer")
PING_NAME: Final = _pattern(r"\b(?:pingback|trackback)s?\b")
PING_LIST_NAME: Final = _pattern(r"(?<![a-z])(?:pingbacks?|trackbacks?|pings?)(?:[-_]?(?:list|area|section))?(?![a-z])")
COMMENT_LIST_NAME: Final = _pattern(r"comm?ents?(?![a-z])|comm?ents?[-_]?(?:list|area|section)|commlist|kommentare")
PICK_LIST_NAME: Final = _pattern(
    r"(?<![a-z])(?:featured|editors?|staff|highlight(?:s|ed)?|top|best|popular|selected|recommended|promoted|pinned|most)"
    r"[-_]?(?:picks?|rated|liked|recommended|popular|voted|helpful)?[-_]?(?:comm?ents?|replies|reply|answers?|responses"
    r"|picks?|kommentare?|comentarios?|reacties)(?![a-z])|(?<![a-z])(?:comm?ents?|answers?)[-_](?:featured|highlights?"
    r"|picks?|top|best)(?![a-z])"
)

# ---- in addresses

NUMBERED: Final = _pattern(r"[0-9a-f]{10,}|\d+")
PERMALINK: Final = _pattern(
    r"(?:/post-\d|#|showcomment=|cid=|commentid=|comment_id=|comment=|postid=|post=|p=|/posts?/|/comments?/)[^#]*\d{2,}"
    r"|#\w*\d+|#[\w-]*[0-9a-f]{12,}"
)
NOT_PERMALINK: Final = _pattern(
    r"respond|replyto|reply|report|flag|abuse|delete|edit|quote|facebook|twitter|mailto:|\.jpe?g|profile|reactions|likes"
    r"|bookmark|share|/u/|memberlist|/users?/"
)
NOT_ANCHOR: Final = _pattern(r"reply|respond|link|rating|vote|form|score|like|author|cite")
PROFILE: Final = _pattern(
    r"/(?:users?|profiles?|members?|people|author|u|~|@)[/-]|/[~@]\w|profile\.php|member\.php|memberlist|viewprofile"
    r"|action=profile|blogger\.com/profile|profile\.asp|user(?:id|name)?=|/by/|personal_pages"
)

# ---- in what is printed

_COMMENTS = by_first_letter(
    r"comments?|kommentare?n?|kommentarer|comentarios?|comentários?|commentaires?|comment[oi]|responses?|replies|reply"
    r"|reactions?|reacties|thoughts?|meinungen|antworten|antwort|opmerkingen|reacciones|respuestas|réponses?|posts?"
    r"|notes?|gedanken|комм?ент\w*|messages|komentarz\w*|komentář\w*|komentár\w*|příspěv\w*|inlägg|indlæg|innlegg"
    r"|kommentti\w*|vastaus\w*|viesti\w*|hozzászólás\w*|comentarii|comentaris|yorum|yanıt|cevap|σχόλι[οα]|komentar"
    r"|tanggapan|bình luận|phản hồi|تعليق\w*|ردود|תגוב\w+|отзыв\w*|відгук\w*"
)
_COMMENTS_EAST = "评论|評論|回复|回覆|回應|回应|留言|コメント|댓글|답글|의견"
"""No blank stands before them, and a word for 'pieces' after the number: '5 条评论', '5件のコメント'."""
HEADING: Final = _any_of(
    r"comments?\b|kommentare?\b|comentarios?|comentários?|commentaires?|commenti|responses?\b|replies|reply|reactions?\b"
    r"|reacties|feedback|thoughts? on|meinungen|antwort|discussion|talkback|замечан|коммент|коментар|respuestas"
    r"|réponses|opmerkingen|kommentarer|leserbriefe|trackback|notes|komentarz|komentář|komentár|komentar\b|kommentti|kommentit"
    rf"|hozzászólás|comentarii|yorumlar|σχόλια|تعليقات|תגובות|bình luận|diskuse|diskusia|{_COMMENTS_EAST}"
)
PING_HEADING: Final = _pattern(r"\b(?:track|ping)s?[\s-]?backs?\b|\bpings\b|\blinks? to this (?:post|article|entry)\b")
PICK_HEADING: Final = _pattern(
    r"\W*(?:\d+\s)?(?:(?:the|our|reader|nyt)\s)?(?:(?:editors?['’]?s?|staff|readers?['’]?s?|reporters?['’]?s?)\s)?"
    r"(?:picks?|choice|favou?rites?"
    r"|(?:featured|highlighted|top|best|popular|recommended|selected|most (?:liked|popular|recommended|helpful|voted))"
    r"\s(?:reader\s)?(?:comments?|replies|answers?|responses|posts?)"
    r"|(?:ausgewählte|beliebteste|beste|empfohlene|top|hilfreichste)[\s-](?:leser-?)?"
    r"(?:kommentare?|antwort(?:en)?|beiträge)"
    r"|(?:leser|redaktions)-?(?:empfehlung(?:en)?|favoriten)"
    r"|(?:los\s)?(?:comentarios|respuestas) (?:destacad|seleccionad|recomendad)[oa]s"
    r"|(?:los\s)?mejores (?:comentarios|respuestas)"
    r"|(?:les\s)?meilleurs commentaires|commentaires (?:sélectionnés|à la une)|(?:la\s)?sélection de la rédaction"
    r"|commenti in evidenza|(?:i\s)?migliori commenti|(?:beste|uitgelichte) reacties)\W*(?:\d+\W*)?"
)
COUNTED: Final = (
    _pattern(
        r"(?:(?:^|[^\d/.,:$-])(?=\d)|^\W*)(\d{1,3}(?:[.,]\d{3})+|\d{1,6}|one|two|three|no|eine?|zwei|una?|deux|jeden|bir)\s+"
        rf"(?:reader\s|readers['’]?\s|user\s|leser-?\s?|total\s|older\s)?(?:{_COMMENTS})\b"
    ),
    _pattern(rf"(\d{{1,6}})\s*(?:[条條則则个個篇]|件の|개의?\s)?\s*(?:{_COMMENTS_EAST})"),
    _pattern(rf"(?:{_COMMENTS_EAST})\s*[:：(（\[]?\s*(\d{{1,6}})"),
    _pattern(rf"(?:{_COMMENTS})\s*[:(\[]\s*(\d{{1,3}}(?:[.,]\d{{3}})+|\d{{1,6}})\s*[)\]]?"),
    _pattern(
        r"(\d{1,6})\s+(?:users?|people|readers?|persons?|leser)\s+(?:have\s+|haben\s+)?(?:responded|commented|replied|kommentiert)"
    ),
)
COUNTED_WORDS: Final = {"no": 0, "two": 2, "three": 3, "zwei": 2, "deux": 2} | dict.fromkeys(
    ("one", "ein", "eine", "un", "una", "jeden", "bir"), 1
)

_SAY = by_first_letter(
    r"says?|said|wrote|writes|schreibt|schrieb|sagt|sagte|meint|meinte|dijo|dice|escribió|a écrit|dit|ha scritto|scrive"
    r"|zegt|schreef|skrev|skriver|säger|siger|sier|napisał\w*|пишет|говорит|сказал\w*|написал\w*|пише|написав|comenta"
    r"|disse|diz|escreveu|responds|replied|commented|napsal\w*|napísal\w*|píše|kirjoitti|sanoo|írta|a scris|spune|dedi"
    r"|diyor|yazdı|λέει|έγραψε|berkata"
)
SAYS: Final = _pattern(
    rf"\b(?:{_SAY})\b\s*(?:on .{{0,40}}|at .{{0,30}}|\.\.\.|…)?[:…]?\s*$"
    r"|^\W*(?:posted|comment(?:ed)?|written|submitted|by|von|kommentar|verfasst|geschrieben|par|por|left)"
    r"\s*(?:by|von|on|am|par|por)?\b"
)
SAYS_AFTER_NAME: Final = _cutting(rf"\b(?:{_SAY})\s*(?:on\s*|at\s*|\.\.\.|…|am\s*)?[:…,]?\s*$")
BY_BEFORE_NAME: Final = _cutting(
    r"^\W*(?:(?:re:.{0,80}?|beitrag|posted|comment(?:ed)?|written|submitted|left|added|reply|verfasst|geschrieben"
    r"|kommentar|publié|publicado|inviato)\s+)?(?:by|von|from|par|por|da|door|av)\b\s*:?\s*"
)
_ACTIONS = (
    r"reply|respond|quote|report|flag|permalink|perma ?link|link|antworten?|zitieren|zitat|melden|teilen|responder"
    r"|citar|répondre|signaler|citer|rispondi|beantwoorden|odpowiedz|cytuj|ответить|цитировать|відповісти|回复|回覆|引用|举报|返信"
    r"|通報|답글|신고|reageer|odpovědět|odpovedať|odgovori|vastaa|svara|besvar|yanıtla|cevapla|alıntı|válasz|răspunde|respon"
    r"|απάντηση|balas|trả lời|رد|השב|like|dislike|share|edit|delete"
)
ACTION: Final = _pattern(
    rf"\W*(?:(?:{_ACTIONS})\W*"
    r"|log in to reply|log in to post comments|login or register to post comments"
    r"|reply to this.*|report (?:abuse|as .*|this|comment|post|violation)|flag .*|#|kommentar melden"
    r"|link to (?:this )?comment|\d+ likes?|recommend(?:ed|s)?\b.*)\W*"
)
LABEL: Final = _pattern(
    rf"[\W_]*(?:(?:{_ACTIONS}|spam|abuse|up|down|vote up|vote down|parent|hide|show|more"
    r"|(?:log ?in|sign ?in|register|login or register).{0,30}(?:reply|comment|post\w*|respond)"
    r"|reply to (?:this|@?[\w .]{1,30})|reply (?:with quote|to comment|to this comment)"
    r"|report (?:this |as )?(?:abuse|comment|post|spam|inappropriate|violation|this)?"
    r"|flag (?:as )?(?:inappropriate|comment|this|abuse)?|link to (?:this )?(?:comment)?|(?:this )?comments?"
    rf"|{_SAY}|kommentieren|auf diesen kommentar antworten|kommentar melden|[+-]?\d+|rate up|rate down|thumbs? up"
    r"|thumbs? down|recommend(?:ed)?|helpful|unrate|like this|\d+ likes?|\d+ votes?|#\s?\d+|no\.? ?\d+|top|back to top"
    r"|nach oben|via [\w ]+|posted|on|at|by|von|am|um|in reply to|cancel reply|newbie|join date.*|mark as .*|select"
    r"|print|author|new|offline|online|guest|gast|unregistered|avatar|share this.*|tweet|show hidden.*|delete comment"
    r"|posted by|comment by|kommentar von|by:|verfasst von)[\W_]*)+"
)
ROLE: Final = _pattern(
    r"(?:registered|members?|joined?|join date|administrators?|admin|moderators?|posts?|beiträge|guest|gast|newbie"
    r"|location|reply|quote|senior member|junior member|full member|hero member|new member|active member"
    r"|comments submitted|re|reputation|likes|user info|profile|website|contact|offline|online|author|autor|staff"
    r"|themenstarter|mitglied|benutzer|posted|op|top|anonymous user|verified|logged)\W*\d*"
)
STATUS_BEHIND_NAME: Final = _pattern(r"\b(?:off|on)line$")
IN_REPLY_TO: Final = _pattern(
    r"in reply to|in response to|repl(?:ied|ying) to|respond(?:ed|ing) to|antwort(?:et|ete)? (?:auf|an)|en réponse à"
    r"|en respuesta a|in risposta a|em resposta a|als (?:antwoord|reactie) op|w odpowiedzi na|odpowiedź na|в ответ"
    r"|ответ на|svar (?:på|til)|odpověď na|parent\b"
)
TO_NAME: Final = _pattern(
    r"(?:in reply|in response|replying|replied|responding|responded) to:?\s|antwort(?:et|ete)? (?:auf|an)\s"
    r"|en réponse à\s|en respuesta a\s|respondiendo a\s|in risposta a\s|als antwoord op\s|w odpowiedzi na\s|в ответ\s"
    r"|[→▸►➜↪⤷»]\s*@?"
)
WROTE: Final = _pattern(
    r"(?:quote from|originally posted by|quoting|zitat von|zitiert von|citazione di|cita de|citation de|posted by"
    r"|цитата)\s*:?\s*(.{1,60}?)(?:\s+(?:on|at|am|le|el|wrote|said|schrieb)\b.*)?[:\s]*$"
    r"|^\W*(.{1,60}?)\s+(?:wrote|writes|said|schrieb|hat geschrieben|meinte|a écrit|escribió|ha scritto|schreef"
    r"|skrev|napisał\w*|писал\w*|написал\w*)\b.{0,40}?[:↑]\s*$"
)

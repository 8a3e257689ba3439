"""What the members of an object mean, told by their names and by what they hold: the fields of a comment in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from archiver.items import Moment
from archiver.pages import dates

Object = Mapping[str, Any]

_TEXT: Final = (
    "commenttext commentbody commentcontent message messagehtml bodyhtml contenthtml contentrendered content body"
    " textdisplay textoriginal text comment raw rawmessage plaintext cooked commenthtml mcontent msg markdown"
)
_INNER_TEXT: Final = "rendered html text plain raw value content body parts"
_AUTHOR: Final = (
    "author user creator poster commenter commentinguser userprofile account owner authorname authordisplayname"
    " userdisplayname username displayname nickname nick userfullname by name acct screenname uname createdby member"
    " profile actor"
)
_INNER_NAME: Final = "displayname name nickname username login screenname title handle acct fullname id"
_TIME: Final = (
    "createdat created createdutc creationdate dategmt datecreated date datetime published publishedat publisheddate"
    " pubdate posted postedat postdate timestamp time insertedat isodatetime commentdate addtime ctime creationtime"
    " approvedate createtime mtime"
)
_ID: Final = "id commentid postid uuid key cid guid uid objectid uri number"
_PARENT: Final = (
    "parentid parentcommentid inreplytoid inreplyto replyto replytoid replytopostnumber parent parentpostid pid rid"
    " parentcomment replytocommentid parentuuid"
)
_SCORE: Final = "score points likes likecount likescount votes upvotes voteup numlikes recommendations favouritescount"
_LINK: Final = "permalink url link weburl canonicalurl shorturl href uri"
_NUMBER: Final = "postnumber number floor"
_GONE: Final = "deleted isdeleted removed isremoved"
_ARTICLE: Final = "headline slug excerpt section teaser thumbnail sitename"
_WRAPPERS: Final = ("data", "node", "comment", "attributes", "snippet", "post", "value", "record", "toplevelcomment")
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]")
_MILLISECONDS: Final = 100_000_000_000
_MAX_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Fields:
    """What one object says as a comment. `native` and `answers` are ids as the API gives them."""

    text: str
    author: str | None
    author_id: str | None
    moment: Moment | None
    native: str | None
    answers: str | None
    score: int | None
    link: str | None
    number: int | None
    gone: bool
    like_article: bool
    """Whether it has members that articles have and comments have not."""


def read(given: Object) -> Fields | None:
    """The object as a comment; None for one that has no text, or neither author nor time."""
    plain: dict[str, Any] = {}
    for item in _unwrapped(given):
        plain |= {_NOT_LETTERS.sub("", name.lower()): value for name, value in item.items()}
        text = _text(plain)
        author, author_id = _author(plain)
        moment = _moment(plain)
        if text is not None and (author or moment):
            return _fields(plain, text, author, author_id, moment)
    return None


def _unwrapped(given: Object) -> Iterable[Object]:
    """The object, and what it merely wraps: `{"kind": "t1", "data": {...}}`."""
    yield given
    inner = given
    for _ in range(4):
        wrapped = (value for name, value in inner.items() if _NOT_LETTERS.sub("", name.lower()) in _WRAPPERS)
        found = next((value for value in wrapped if isinstance(value, Mapping)), None)
        if found is None:
            return
        inner = found
        yield inner


def _fields(plain: Object, text: str, author: str | None, author_id: str | None, moment: Moment | None) -> Fields:
    return Fields(
        text=text,
        author=author,
        author_id=author_id,
        moment=moment,
        native=_identity(plain, _ID),
        answers=_identity(plain, _PARENT),
        score=_whole(plain, _SCORE),
        link=_string(plain, _LINK),
        number=_whole(plain, _NUMBER),
        gone=any(plain.get(name) is True for name in _GONE.split()),
        like_article=sum(bool(plain.get(name)) for name in _ARTICLE.split()) >= 2,
    )


def _text(plain: Object) -> str | None:
    for name in _TEXT.split():
        value = plain.get(name)
        if isinstance(value, Mapping):
            inner = {_NOT_LETTERS.sub("", key.lower()): one for key, one in value.items()}
            value = next((inner[key] for key in _INNER_TEXT.split() if isinstance(inner.get(key), str)), None)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _author(plain: Object) -> tuple[str | None, str | None]:
    for name in _AUTHOR.split():
        value = plain.get(name)
        if isinstance(value, str) and 0 < len(value.strip()) <= _MAX_NAME:
            return value.strip(), None
        if isinstance(value, Mapping):
            inner = {_NOT_LETTERS.sub("", key.lower()): one for key, one in value.items()}
            found = next((inner[key] for key in _INNER_NAME.split() if isinstance(inner.get(key), str)), None)
            if found and len(found.strip()) <= _MAX_NAME:
                return found.strip(), _identity(inner, "id userid uuid uid")
    return None, None


def _moment(plain: Object) -> Moment | None:
    for name in _TIME.split():
        value = plain.get(name)
        if isinstance(value, bool) or value in (None, "", 0):
            continue
        moment = _read_time(name, value)
        if moment is not None and (moment.utc or moment.local):
            return moment
    return None


def _read_time(name: str, value: object) -> Moment | None:
    rule = f"member {name}"
    if isinstance(value, str) and re.fullmatch(r"\d{9,14}(?:\.\d+)?", value):
        value = float(value)
    if isinstance(value, int | float):
        seconds = float(value)
        return dates.from_epoch(seconds / 1000 if seconds > _MILLISECONDS else seconds, rule) if seconds > 1e8 else None
    if isinstance(value, str):
        return dates.from_iso(value, rule) or dates.from_http_date(value, rule) or dates.from_words(value, rule=rule)
    return None


def _identity(plain: Object, names: str) -> str | None:
    for name in names.split():
        value = plain.get(name)
        if isinstance(value, Mapping):
            value = value.get("id")
        if isinstance(value, bool) or value in (None, "", 0, "0", -1):
            continue
        if isinstance(value, int | str):
            return str(value)[:200]
    return None


def _string(plain: Object, names: str) -> str | None:
    return next((plain[name] for name in names.split() if isinstance(plain.get(name), str)), None)


def _whole(plain: Object, names: str) -> int | None:
    for name in names.split():
        value = plain.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None

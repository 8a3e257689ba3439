"""What the members of an object mean, told by their names and by what they hold: the fields of a comment in JSON.

Names are compared as letters alone (`created_at` is `createdat`). Those that are known come first; a name that nobody
has listed is read by its words (`commentingUser`, `created_timestamp`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from archiver.items import CommentState, Moment
from archiver.pages.threads import json_times
from archiver.pages.threads.json_times import Basis

Object = Mapping[str, Any]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TEXT: Final = (
    "commenttext commentbody commentcontent message messagehtml bodyhtml contenthtml contentrendered content body"
    " textdisplay textoriginal text comment raw rawmessage plaintext cooked commenthtml mcontent msg markdown html"
    " article"
)
_INNER_TEXT: Final = "rendered html text plain raw value content body parts"
_AUTHOR: Final = (
    "author user creator poster commenter commentinguser userprofile account owner authorname authordisplayname"
    " userdisplayname username displayname nickname nick userfullname by name acct screenname uname createdby member"
    " profile actor dname"
)
_AUTHOR_ID: Final = "authorid userid accountid memberid posterid commenterid creatorid ownerid profileid"
_INNER_NAME: Final = "displayname name nickname username login screenname handle acct fullname title id"
_TIME: Final = (
    "createdat created createdutc creationdate dategmt datecreated isodatetime date datetime published publishedat"
    " publisheddate pubdate posted postedat postdate timestamp time insertedat commentdate addtime ctime creationtime"
    " approvedate createtime mtime"
)
_ID: Final = (
    "id commentid postid uuid key cid guid uid objectid uri number answerid talkid shortid replyid messageid nodeid"
)
_PARENT: Final = (
    "parentid parentcommentid inreplytoid inreplyto replyto replytoid replytopostnumber parent parentpostid pid rid"
    " parentcomment replytocommentid parentuuid"
)
_SCORE: Final = "score points likes likecount likescount votes upvotes voteup numlikes recommendations favouritescount"
_LINK: Final = "permalink url link weburl canonicalurl shorturl href uri"
_NUMBER: Final = "postnumber number floor"
_DEPTH: Final = "depth level indentlevel indent nestinglevel"
_ARTICLE: Final = "headline slug excerpt section teaser thumbnail sitename"
_WRAPPERS: Final = _set(
    "data node comment attributes snippet post value record toplevelcomment source object content properties"
    " relationships fields"
)
_STATES: Final[Mapping[str, CommentState]] = {
    "deleted": "deleted",
    "isdeleted": "deleted",
    "removed": "removed",
    "isremoved": "removed",
    "ismoderated": "removed",
}
_GONE_WORDS: Final[Mapping[str, CommentState]] = {
    "deleted": "deleted",
    "trash": "removed",
    "removed": "removed",
    "blocked": "removed",
    "hidden": "hidden",
}
_PERSON_WORDS: Final = _set("author user commenter commenting poster member nick owner creator actor profile")
_NO_NAME: Final = _set(
    "id ids url avatar image picture photo type role status count is has can reputation location identifier agent email"
    " title badge badges ip rank level karma color group link href likes score key hash token uuid origin"
)
_TIME_WORDS: Final = _set("created creation posted published date time timestamp added submitted")
_NO_TIME: Final = _set(
    "updated update edited edit modified last deleted read seen approved crawl expires activity closed locked zone ago"
    " user author first"
)
_PARENT_WORDS: Final = (frozenset(("parent",)), frozenset(("reply", "to")), frozenset(("response", "to")))
_NO_PARENT: Final = _set("count url type author name user title text author depth is has can")
_NOT_LETTERS: Final = re.compile(r"[^a-z0-9]")
_WORD: Final = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_MAX_NAME: Final = 120
_MAX_WRAPPERS: Final = 6


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
    depth: int | None
    state: CommentState
    like_article: bool
    """Whether it has members that articles have and comments have not."""


def read(given: Object, basis: Basis) -> Fields | None:
    """The object as a comment; None for one that has no text, or neither author nor time. A comment that is said to be
    gone needs no text. `basis`: what its times are read by."""
    plain: dict[str, Any] = {}
    names: dict[str, str] = {}
    for item in _unwrapped(given):
        for name, value in item.items():
            own = _letters(name)
            if own not in _WRAPPERS or not isinstance(value, Mapping) or own not in plain:
                plain[own], names[own] = value, name
        text, state = _text(plain), _state(plain)
        author, author_id = _author(plain, names)
        moment = json_times.moment_of(_times(plain, names), basis)
        is_said = text is not None or (state != "visible" and _identity(plain, _ID) is not None)
        if is_said and (author or author_id or moment):
            return Fields(
                text=text or "",
                author=author,
                author_id=author_id,
                moment=moment,
                native=_identity(plain, _ID),
                answers=_identity(plain, _PARENT) or _by_words(plain, names, _may_be_parent, _scalar),
                score=_whole(plain, _SCORE),
                link=_string(plain, _LINK),
                number=_whole(plain, _NUMBER),
                depth=_whole(plain, _DEPTH),
                state=state,
                like_article=sum(bool(plain.get(name)) for name in _ARTICLE.split()) >= 2,
            )
    return None


def name_of(person: object) -> str | None:
    """The name in an object that is somebody's account."""
    if not isinstance(person, Mapping):
        return None
    for item in _unwrapped(person):
        inner = {_letters(key): one for key, one in item.items() if not (key == "id" and "type" in item)}
        found: str | None = next((inner[key] for key in _INNER_NAME.split() if isinstance(inner.get(key), str)), None)
        if found and _short(found):
            return found.strip()
    return None


@lru_cache(maxsize=4096)
def _letters(name: str) -> str:
    return _NOT_LETTERS.sub("", name.lower())


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(name))


def _unwrapped(given: Object) -> Iterator[Object]:
    """The object, and what it merely wraps: `{"kind": "t1", "data": {...}}`. Relations to other objects (JSON:API) come
    first, for the words are enough to end the reading."""
    yield given
    waiting: list[Object] = [given]
    for _ in range(_MAX_WRAPPERS):
        if not waiting:
            return
        inner = waiting.pop(0)
        wrapped = [value for name, value in inner.items() if _letters(name) in _WRAPPERS and isinstance(value, Mapping)]
        wrapped.sort(key=lambda value: value is not inner.get("relationships"))
        yield from wrapped
        waiting += wrapped


def _text(plain: Object) -> str | None:
    for name in _TEXT.split():
        value = plain.get(name)
        if isinstance(value, Mapping):
            inner = {_letters(key): one for key, one in value.items()}
            value = next((inner[key] for key in _INNER_TEXT.split() if isinstance(inner.get(key), str)), None)
        if isinstance(value, str) and value.strip():
            return value
    return None


def _author(plain: Object, names: Mapping[str, str]) -> tuple[str | None, str | None]:
    """The name, and the id of the account, if the object tells them."""
    number = _identity(plain, _AUTHOR_ID)
    for name in _AUTHOR.split():
        value = plain.get(name)
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, str) and 0 < len(value.strip()) <= _MAX_NAME:
            return value.strip(), number
        if isinstance(value, Mapping):
            found = name_of(value)
            inner = {_letters(key): one for item in _unwrapped(value) for key, one in item.items()}
            number = _identity(inner, "id userid uuid uid") or number
            if found:
                return found, number
    return _by_words(plain, names, _may_be_name, _short), number


def _times(plain: Object, names: Mapping[str, str]) -> Iterator[tuple[str, Any]]:
    """The members that may tell when the comment was written, the likeliest first, by the name they have."""
    known = [name for name in _TIME.split() if name in plain]
    others = [own for own, name in names.items() if own not in known and _may_be_time(_words(name))]
    for own in (*known, *others):
        if plain[own] not in (None, "", 0):
            yield names[own], plain[own]


def _may_be_name(words: frozenset[str]) -> bool:
    return bool(words & _PERSON_WORDS) and not words & _NO_NAME


def _may_be_time(words: frozenset[str]) -> bool:
    return bool(words & _TIME_WORDS) and not words & _NO_TIME


def _may_be_parent(words: frozenset[str]) -> bool:
    return any(told <= words for told in _PARENT_WORDS) and not words & _NO_PARENT


def _by_words(
    plain: Object,
    names: Mapping[str, str],
    may_be: Callable[[frozenset[str]], bool],
    value_of: Callable[[object], str | None],
) -> str | None:
    """The first usable value of a member whose name holds the right words."""
    values = (value_of(plain[own]) for own, name in names.items() if may_be(_words(name)))
    return next((value for value in values if value is not None), None)


def _short(value: object) -> str | None:
    if isinstance(value, str) and 0 < len(value.strip()) <= _MAX_NAME and "\n" not in value and not value.isdecimal():
        return value.strip()
    return None


def _scalar(value: object) -> str | None:
    if isinstance(value, bool) or value in (None, "", 0, "0", -1) or not isinstance(value, int | str):
        return None
    return str(value)[:200]


def _state(plain: Object) -> CommentState:
    for name, state in _STATES.items():
        if plain.get(name) is True or plain.get(name) == 1:
            return state
    told = next((plain[name] for name in ("status", "state") if isinstance(plain.get(name), str)), "")
    return _GONE_WORDS.get(told.lower(), "visible")


def _identity(plain: Object, names: str | Iterable[str]) -> str | None:
    for name in names.split() if isinstance(names, str) else names:
        value = plain.get(name)
        if isinstance(value, Mapping):
            inner = value.get("data") if isinstance(value.get("data"), Mapping) else value
            value = inner.get("id") if isinstance(inner, Mapping) else None
        found = _scalar(value)
        if found is not None:
            return found
    return None


def _string(plain: Object, names: str) -> str | None:
    return next((plain[name] for name in names.split() if isinstance(plain.get(name), str)), None)


def _whole(plain: Object, names: str) -> int | None:
    for name in names.split():
        value = plain.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
    return None

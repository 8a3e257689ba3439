"""What can go wrong, as values: each class knows its exit status and what its reader can do about it.

The message a person sees is `str(error)`: the URL (or file), the cause, the remedy, in one line. A command that did
several things ends with the worst of their statuses, see `worst`.
"""

from __future__ import annotations

from collections.abc import Iterable

OK, FAILED, USAGE, INCOMPLETE, REFUSED, DAMAGED, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130
_WORST_FIRST = (INTERRUPTED, DAMAGED, FAILED, USAGE, INCOMPLETE, REFUSED, OK)


def worst(statuses: Iterable[int]) -> int:
    """The exit status of a command whose parts ended with `statuses`."""
    seen = set(statuses) | {OK}
    return next(status for status in _WORST_FIRST if status in seen)


class ArchiverError(Exception):
    """Base of everything the archiver raises on purpose.

    `subject` is the URL, file or folder that it is about; `cause` says what happened, without a full stop;
    `remedy` what to do about it, empty where there is nothing to do.
    """

    exit_status = FAILED
    remedy = ""

    def __init__(self, subject: str, cause: str, *, remedy: str | None = None) -> None:
        self.subject = subject
        self.cause = cause
        if remedy is not None:
            self.remedy = remedy
        super().__init__(f"{subject}: {cause}." + (f" {self.remedy}" if self.remedy else ""))


class BadAddress(ArchiverError):
    """What was given is no address that can be archived."""

    exit_status = USAGE
    remedy = "Give a whole address, such as https://news.example/story."


class Unreachable(ArchiverError):
    """The page did not come: unknown host, no connection, timeout, an error status."""

    remedy = "Nothing stored before is lost; run the same command to try again."


class Refused(ArchiverError):
    """robots.txt does not allow the page to be fetched."""

    exit_status = REFUSED
    remedy = "Ask the site for permission; --ignore-robots fetches it all the same, and the archive records that."


class NotArchived(ArchiverError):
    """The archive does not hold what was asked for."""

    remedy = "'archiver status' lists what is here; 'archiver archive URL' adds an article."


class ArchiveUnusable(ArchiverError):
    """The archive cannot be opened or written."""

    remedy = "Check the folder's permissions and free space, or choose another with --archive."


class ArchiveTooNew(ArchiveUnusable):
    """The database was written by a later version of the archiver."""

    remedy = "Install the newer version; nothing was changed."


class ArchiveBusy(ArchiveUnusable):
    """Another process writes to the archive."""

    remedy = "Wait for it to end, or use another folder with --archive."


class EvidenceDamaged(ArchiverError):
    """A capture is missing, torn or changed."""

    exit_status = DAMAGED
    remedy = "Restore the file from a backup; the rows stay as they are."


class NotDelivered(ArchiverError):
    """A message about changes did not reach its receiver."""

    remedy = "Check its [[notify]] in archiver.toml; 'archiver notify --test NAME' tries it."


class BadSetting(ArchiverError):
    """A setting is unknown or cannot be read."""

    exit_status = USAGE
    remedy = ""

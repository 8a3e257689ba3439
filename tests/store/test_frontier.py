"""A request that is known is never forgotten, never asked twice at once, and waits where it is told to wait."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from archiver.items import FollowUp
from archiver.store import frontier, hosts
from archiver.store.closing import close_visit
from archiver.store.database import Database, open_database
from archiver.store.runs import start_run
from archiver.store.status import open_visits
from tests.store.site import NOW, URL, begin, follow_up, lease, page, save, thread

LATER = NOW + timedelta(minutes=5)


def test_a_visit_begins_with_the_page_itself(database: Database) -> None:
    leased = begin(database)
    assert (leased.url, leased.method, leased.follow_up, leased.attempts) == (URL, "GET", None, 1)


def test_a_leased_request_is_nobody_elses(database: Database) -> None:
    leased = begin(database)
    assert lease(database, leased.visit_id) == []


def test_a_lease_that_ran_out_is_given_again(database: Database) -> None:
    leased = begin(database)
    (again,) = lease(database, leased.visit_id, at=LATER)
    assert (again.request_id, again.attempts) == (leased.request_id, 2)


def test_expired_leases_can_be_released_at_once(database: Database) -> None:
    begin(database)
    with database.write() as conn:
        assert frontier.release_expired(conn, now=NOW) == 0
        assert frontier.release_expired(conn, now=LATER) == 1


def test_an_unfinished_visit_of_the_same_address_is_gone_on_with(database: Database) -> None:
    leased = begin(database)
    with database.write() as conn:
        assert frontier.add_visit(conn, url=URL, run_id=None, now=LATER) == leased.visit_id
    close_visit(database, leased.visit_id, now=LATER)
    with database.write() as conn:
        assert frontier.add_visit(conn, url=URL, run_id=None, now=LATER) != leased.visit_id


def test_a_postponed_request_waits(database: Database) -> None:
    leased = begin(database)
    with database.write() as conn:
        frontier.postpone(conn, leased.request_id, until=LATER, error="the server answered 503")
    assert lease(database, leased.visit_id, at=LATER - timedelta(seconds=1)) == []
    assert [each.request_id for each in lease(database, leased.visit_id, at=LATER)] == [leased.request_id]


def test_a_host_that_asked_us_to_wait_is_left_alone(database: Database) -> None:
    with database.write() as conn:
        run = frontier.add_visit(conn, url=URL, run_id=None, now=NOW)
        hosts.remember(conn, hosts.host_of(URL), not_before=LATER)
        hosts.remember(conn, hosts.host_of(URL), delay=2.5)
    assert lease(database, run) == []
    assert len(lease(database, run, at=LATER)) == 1
    with database.read() as conn:
        known = hosts.known(conn, "news.example")
    assert known is not None
    assert (known.delay, known.not_before, known.robots) == (2.5, LATER, None)


def test_a_host_that_was_never_asked_is_unknown(database: Database) -> None:
    with database.read() as conn:
        assert hosts.known(conn, "news.example") is None


def test_a_follow_up_comes_back_as_it_was(database: Database) -> None:
    asked = FollowUp(
        url="https://api.example/v1",
        platform="wordpress",
        thread_id="7",
        purpose="api",
        method="POST",
        headers=(("Accept", "application/json"),),
        body=b"\x00{\xff",
        context={"page": "2"},
        needed=False,
    )
    first = begin(database)
    save(database, page(first, thread(follow_ups=(asked,))))
    (leased,) = lease(database, first.visit_id)
    assert leased.follow_up == asked
    assert (leased.method, leased.headers, leased.body) == ("POST", asked.headers, asked.body)


def test_a_follow_up_that_two_pages_name_is_asked_once(database: Database) -> None:
    first = begin(database)
    save(database, page(first, thread(follow_ups=(follow_up("2"), follow_up("3")))))
    two, three = lease(database, first.visit_id)
    saved = save(database, page(two, thread(follow_ups=(follow_up("2"), follow_up("3")))))
    assert saved.remaining == 1
    assert save(database, page(three, thread())).remaining == 0


def test_a_crash_between_pages_loses_nothing(address: str) -> None:
    """The process dies with a lease in its hand; whoever opens the archive next gets the same request."""
    with open_database(address, create=True) as database:
        first = begin(database)
        save(database, page(first, thread(follow_ups=(follow_up("2"),))))
        (taken,) = lease(database, first.visit_id)
    with open_database(address, create=False) as database:
        again = lease(database, first.visit_id, at=LATER)
        assert [each.follow_up for each in again] == [taken.follow_up]
        with database.read() as conn:
            assert frontier.pending(conn, first.visit_id) == 1


def test_the_only_writer_of_a_file_need_not_wait_for_leases_of_a_dead_one(tmp_path: Path) -> None:
    path = str(tmp_path / "archive.db")
    with open_database(path, create=True) as database:
        visit_id = begin(database).visit_id
    with open_database(path, create=False) as database:
        assert len(lease(database, visit_id, at=NOW)) == 1


def test_a_run_leases_its_own_visits_only(database: Database) -> None:
    with database.write() as conn:
        runs = [start_run(conn, command="archive", software="archiver/0", settings={}, now=NOW) for _ in range(2)]
        visits = [
            frontier.add_visit(conn, url=f"{URL}/{number}", run_id=run, now=NOW) for number, run in enumerate(runs)
        ]
        leased = frontier.lease(conn, now=NOW, for_seconds=60, limit=9, run_id=runs[1])
        assert [each.visit_id for each in leased] == [visits[1]]
        frontier.postpone(conn, leased[0].request_id, until=LATER, error="no answer in time")
        assert frontier.next_due(conn, run_id=runs[1]) == LATER
        assert [(one.url, one.error) for one in open_visits(conn, run_id=runs[1])] == [
            (f"{URL}/1", "no answer in time")
        ]


def test_addresses_of_any_length_are_asked_for(database: Database) -> None:
    """PostgreSQL refuses to index a value of more than 2,704 bytes."""
    long = [follow_up("é" * 5000 + end) for end in "ab"]
    first = begin(database, f"{URL}?{'x' * 5000}")
    save(database, page(first, thread(follow_ups=tuple(long))))
    assert [each.follow_up for each in lease(database, first.visit_id)] == long


def test_two_workers_on_a_server_never_get_the_same_request(on_server: Database) -> None:
    """The second does not wait for the first, whose lease is not even written yet."""
    with on_server.write() as conn:
        for number in range(4):
            frontier.add_visit(conn, url=f"{URL}/{number}", run_id=None, now=NOW)
    with on_server.write() as one, on_server.write() as other:
        first = frontier.lease(one, now=NOW, for_seconds=60, limit=2)
        second = frontier.lease(other, now=NOW, for_seconds=60, limit=9)
        assert [each.url for each in first] == [f"{URL}/0", f"{URL}/1"]
        assert [each.url for each in second] == [f"{URL}/2", f"{URL}/3"]

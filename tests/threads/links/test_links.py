"""Whom a comment answers where the page does not say, and what is left unsaid."""

from __future__ import annotations

import pytest

from archiver.threads.links import Link, Said, find


def thread(*said: tuple[str, str] | tuple[str, str, str]) -> list[Said]:
    """Author and text of each comment, its parent where the page tells one; ids and numbers count from 1."""
    return [
        Said(id=str(at), number=at, author=author or None, text=text, parent_id=(*parent, None)[0])
        for at, (author, text, *parent) in enumerate(said, start=1)
    ]


def answers(comments: list[Said]) -> dict[str, Link]:
    return {link.comment_id: link for link in find(comments) if link.method == "answers"}


ANN = ("Ann Lee", "The crane belongs in the harbour, where it has stood for ninety years.")
BOB = ("bob77", "Sell it.")


@pytest.mark.parametrize(
    ("text", "target", "rule"),
    [
        ("@Ann Lee: it does not.", "1", "opens with @name"),
        ("@ann it does not.", "1", "opens with @name"),
        ("Hi @bob77 why?", "2", "opens with @name"),
        ("bob77, why?", "2", "opens with a name and a mark"),
        ("Thanks bob77! Why?", "2", "opens with a name and a mark"),
        ("Ann Lee that is not so.", "1", "opens with a full name"),
        ("bob77 wrote: Sell it. And then?", "2", "opens with 'name wrote'"),
        ("Zitat von Ann Lee schrieb: so nicht", "1", "opens with 'name wrote'"),
        ("#2 Why?", "2", "opens with its number"),
        ("@1 Why?", "1", "opens with its number"),
        (
            "The crane belongs in the harbour, where it has stood for ninety years. Says who, pray?",
            "1",
            "opens with its words",
        ),
        ("“The crane belongs in the harbour, where it has stood” – no, it does not", "1", "opens with its words"),
    ],
)
def test_what_a_comment_opens_with_tells_whom_it_answers(text: str, target: str, rule: str) -> None:
    link = answers(thread(ANN, BOB, ("Cleo", text)))["3"]
    assert (link.target_id, link.rule) == (target, rule)
    assert 0.8 < link.confidence < 1


@pytest.mark.parametrize(
    "text",
    [
        "I agree with Ann Lee.",
        "Annie, no.",
        "@nobody here knows",
        "#1 priority is safety",
        "2.5 million for a crane",
        "bob77 is right",
        "It has stood for ninety years in the rain, and so have I.",
        "The crane belongs in the harbour, where it has stood for ninety winters and more besides, says my aunt",
        "",
    ],
)
def test_nothing_is_guessed(text: str) -> None:
    assert "3" not in answers(thread(ANN, BOB, ("Cleo", text)))


def test_a_parent_that_the_page_tells_is_left_alone() -> None:
    assert answers(thread(ANN, BOB, ("Cleo", "@Ann Lee: no.", "2"))) == {}


def test_a_name_that_wrote_twice_names_no_comment_unless_its_words_are_quoted() -> None:
    twice = (ANN, BOB, ("Ann Lee", "And who is going to grease it from now on, may I ask?"))
    assert "4" not in answers(thread(*twice, ("Cleo", "@Ann Lee no idea")))
    quoted = thread(*twice, ("Cleo", "Ann Lee wrote: And who is going to grease it from now on. I will."))
    assert answers(quoted)["4"].target_id == "3"


def test_nobody_answers_a_later_comment_or_oneself() -> None:
    assert answers(thread(("Cleo", "@Ann Lee: wait for it"), ANN, ("Ann Lee", "Ann Lee, that is me."))) == {}


@pytest.mark.parametrize("name", ["Anonymous", "Guest", "1234"])
def test_what_stands_for_a_name_names_nobody(name: str) -> None:
    assert "2" not in answers(thread((name, "Hello."), ("Cleo", f"{name}, why?")))


def test_where_no_names_are_printed_those_that_comments_open_with_are_kept_as_names() -> None:
    found = answers(
        thread(
            ("", "Dora Quill no, it is spelt crane"),
            ("", "Dora Quill That is what I said."),
            ("", "Emil Stark She means the bird."),
            ("", "Fay Moss\nRead it again."),
            ("", "Harbour Board has decided already"),
            ("", "Native Cranes are birds."),
        )
    )
    assert {id_: (link.target, link.target_name, link.target_id) for id_, link in found.items()} == {
        "1": ("name", "Dora Quill", None),
        "2": ("name", "Dora Quill", None),
        "3": ("name", "Emil Stark", None),
        "4": ("name", "Fay Moss", None),
    }


def test_a_quotation_of_the_article_or_of_a_comment_is_a_link_with_both_places() -> None:
    article = "The board decided that the old crane would be sold to a museum in Norway."
    said = thread(
        ("Ann", "So 'the old crane would be sold to a museum in Norway', would it?"),
        ("Bob", "I read that would it and more: nobody has asked the people who live here, and nobody will."),
        ("Cleo", "Right you are. Nobody has asked the people who live here, and nobody will ever."),
    )
    of_article, of_comment = [link for link in find(said, article) if link.method == "quotes"]
    assert (of_article.target, of_article.target_id, of_comment.target_id) == ("article", None, "2")
    assert of_article.span is not None
    assert of_article.target_span is not None
    assert said[0].text[slice(*of_article.span)] == article[slice(*of_article.target_span)]


def test_a_comment_that_is_another_once_more_copies_it() -> None:
    text = "Nobody has asked the people who live here, and nobody ever will."
    links = find(thread(("Ann", text), ("Bob", text.upper())))
    assert [(link.method, link.comment_id, link.target_id) for link in links] == [("copies", "2", "1")]

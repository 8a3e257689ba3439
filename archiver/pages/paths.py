"""XPath expressions compiled once, with the type of what they give."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from lxml import etree
from lxml.html import HtmlElement


def elements(path: str) -> Callable[[HtmlElement], list[HtmlElement]]:
    """A function from an element to the elements at `path`, in document order."""
    find = etree.XPath(path)
    return lambda element: cast(list[HtmlElement], find(element))


def values(path: str) -> Callable[[HtmlElement], list[str]]:
    """A function from an element to the attribute values or texts at `path`, as plain strings."""
    find = etree.XPath(path, smart_strings=False)
    return lambda element: cast(list[str], find(element))

"""A small newspaper on 127.0.0.1 with everything invented: a WordPress post, an Isso widget, a page without comments.

`python -m tests.site.serve` shows it in a browser. Tests take the fixture `site`; `make demo` archives it.
"""

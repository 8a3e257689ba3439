"""Fetching: Scrapy, its settings, the archive it works on, politeness, and running it from Python."""

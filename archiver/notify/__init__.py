"""Telling people and programs of changes: what they want to know, how it is worded, and how it gets there.

`notifier`, `message` and `atom` are functions of values; `webhook` and `command` send; `postman` keeps at it.
"""

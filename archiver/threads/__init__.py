"""What needs all comments of a thread, and the state before: pure decisions that the store writes down.

Two moments. A page has been read: `merge` folds each comment on it into what the archive knows of that comment. The
last page of a visit has been read: `close` orders the thread, measures the reading and notes what is gone or back.
Neither knows a database, a network or a clock.
"""

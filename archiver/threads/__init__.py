"""What needs all comments of a thread, and the state before: pure decisions that the store writes down.

Two moments. A page has been read: `identity` tells which stored comment each is where the page shows no ids, and
`merge` folds it into what the archive knows of that comment. The last page of a visit has been read: `drift` tells
whether comments moved meanwhile, `close` orders the thread, measures the reading and notes what is gone or back,
`links` and `flags` say what comments refer to and what makes them suspicious, `revisits` when to look again. `history`
reads what was noted. None of it knows a database, a network or a clock.
"""

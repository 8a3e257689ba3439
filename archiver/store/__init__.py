"""The archive's database: what was read goes in as values, what is asked for comes out as values.

SQLAlchemy Core on SQLite or PostgreSQL. Whoever saves, closes or reads knows no SQL; whoever knows SQL finds tables
and views whose columns explain themselves (`docs/codebook.md`).
"""

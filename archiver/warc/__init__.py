"""The evidence: HTTP exchanges as WARC records, byte for byte, and what reads, checks and packs them."""

FOLDER = "captures"
"""Where an archive's WARC files lie, within its folder."""

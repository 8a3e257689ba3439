"""The evidence: HTTP exchanges as WARC records, byte for byte, and what reads, checks and packs them."""

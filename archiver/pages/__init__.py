"""What a single page holds: pure functions of bytes and an address. No network, no database, no clock."""

"""The archive as files for other programs, made row by row: memory does not grow with the archive."""

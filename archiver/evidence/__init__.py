"""From rows to the bytes they came from, and from the bytes to rows again: verify, rebuild, show the evidence."""

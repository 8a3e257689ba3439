"""The tables of the first schema, in the order in which they can be made. Frozen, as the migration that makes them."""

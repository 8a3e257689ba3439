"""The tables, in the four groups of the data model; `archiver.store.schema` gathers them."""

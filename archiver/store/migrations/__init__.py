"""How archives of older versions become those of today, step by step."""

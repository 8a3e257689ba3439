"""Two spiders: `article` archives addresses that are known, `site` finds them."""

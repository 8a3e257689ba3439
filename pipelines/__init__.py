"""From a page that was read to rows that are kept. What each step does to a page, in this order:"""

from __future__ import annotations

ORDER = {
    "article.ArticlePipeline": 100,  # the article in one form: addresses, names, times
    "quotes.QuotesPipeline": 200,  #  the quotations in its text
    "replies.RepliesPipeline": 300,  # the comments in one form: parent, depth, position, text, times
    "storage.StoragePipeline": 400,  # one transaction: rows, follow-ups, the request done
}

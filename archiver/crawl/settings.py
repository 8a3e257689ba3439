"""Scrapy's settings: slow, honest, and without what an archive has no use for.

`scrapy crawl` in the checkout reads this module; `archiver.crawl.run` starts from it too.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from archiver import __version__

# In the checkout the folders lie at the top; in the wheel inside the package, for their names are not ours alone.
_HOME = "archiver." if find_spec("archiver.spiders") else ""

BOT_NAME = "archiver"
SPIDER_MODULES = [f"{_HOME}spiders"]
NEWSPIDER_MODULE = SPIDER_MODULES[0]
ITEM_PIPELINES = {f"{_HOME}pipelines.{step}": place for step, place in import_module(f"{_HOME}pipelines").ORDER.items()}
ADDONS = {"archiver.crawl.addon.ArchiveAddon": 0}

USER_AGENT = f"archiver/{__version__} (archives public comment threads; one request a second; obeys robots.txt)"
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "archiver"
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 32  # those that wait for their host count too: as many as the spider has under way

DOWNLOAD_TIMEOUT = 60
DOWNLOAD_MAXSIZE = 48 * 1024 * 1024  # bytes on the wire that are kept; far fewer are read, see archiver.pages.page
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 10
DNS_TIMEOUT = 15

DOWNLOAD_HANDLERS = {
    "http": "archiver.crawl.handler.CaptureHandler",
    "https": "archiver.crawl.handler.CaptureHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOADER_MIDDLEWARES = {
    "archiver.crawl.robots.RobotsMiddleware": 100,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "archiver.crawl.compression.CompressionMiddleware": 590,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,  # the frontier knows when to try again
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
}
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # an error page is an answer too
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
}
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # the frontier asks nothing twice
COOKIES_ENABLED = True
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
MEMUSAGE_ENABLED = False
LOG_LEVEL = "WARNING"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"

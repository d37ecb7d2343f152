"""Scrapy's wiring table: every component with the reason for its place, every setting with its why.

docs/settings.md tells users which of these they may want to change.
"""

from scrapy.settings.default_settings import EXTENSIONS_BASE as _EXTENSIONS_BASE

BOT_NAME = "newsbot"
SPIDER_MODULES = ["newsbot.spiders"]
NEWSPIDER_MODULE = "newsbot.spiders"

# newsbot's own
NEWSBOT_ARCHIVE = "sqlite:///newsbot.db"  # where articles are kept
NEWSBOT_CAPTURES = True  # pages as they came: a directory; True: beside the archive; False: not kept
NEWSBOT_PROGRESS = False  # the command line turns it on
NEWSBOT_RETRY_AFTER_MAX = 600  # seconds a crawl waits when a host asks for it; beyond, the crawl ends

# Components
_LISTENING = ("scrapy.extensions.telnet.", "scrapy.extensions.remote_control.")
# Scrapy loads what is in its own table even where it is off: a web server, at each beginning of a crawl.
EXTENSIONS_BASE = {path: place for path, place in _EXTENSIONS_BASE.items() if not path.startswith(_LISTENING)}
EXTENSIONS = {
    "newsbot.extensions.archive_run.ArchiveRun": 0,  # first: the spider and the pipelines need its run
    "newsbot.extensions.one_at_a_time.OneAtATime": 90,
    "newsbot.extensions.crawl_delay.CrawlDelay": 100,  # may ask for a longer delay than the one before
    "newsbot.extensions.progress.ProgressDisplay": 200,  # after the run, whose figures it shows
}
DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,  # lets retries through
    "newsbot.middlewares.own_host.OwnHostMiddleware": 50,  # before robots.txt (100): not even that elsewhere
    "newsbot.middlewares.robots_away.RobotsAwayMiddleware": 105,  # behind robots.txt (100)
    "newsbot.middlewares.retry_after.RetryAfterMiddleware": 555,  # sees an answer before Retry (550) takes it
    "newsbot.middlewares.capture.CaptureMiddleware": 990,  # next to the wire: sees bodies as they were sent
}
ITEM_PIPELINES = {
    "newsbot.pipelines.check.CheckPipeline": 100,
    "newsbot.pipelines.match.MatchPipeline": 200,
    "newsbot.pipelines.store.StorePipeline": 300,
}
DUPEFILTER_CLASS = "scrapy.dupefilters.BaseDupeFilter"  # ids tell what is known; a URL filter loses redirects
CONCURRENT_ITEMS = 1  # a page is one article; Scrapy makes so many tasks for every response (default: 100)
WARN_ON_GENERATOR_RETURN_VALUE = False  # read the spider's source again for every page; mypy sees to it
HTTPERROR_ALLOW_ALL = True  # an error page says what became of a post; the spider reads them all

# Manners
USER_AGENT = "newsbot/0.1 (news archive bot)"  # the command line adds the contact of newsbot.toml
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 2  # one on the wire, one ready
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 0.5  # seconds, the least between two requests to a host
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 0.5
AUTOTHROTTLE_MAX_DELAY = 30.0
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5",  # some sites answer Scrapy's "en" with an English page
}
COOKIES_ENABLED = True  # a cookieless request leaves a session file on a Rhymix server each time
DOWNLOAD_TIMEOUT = 60  # seconds
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024  # bytes, also of what a compressed response unfolds to
DOWNLOAD_WARNSIZE = 0
REDIRECT_MAX_TIMES = 5
METAREFRESH_ENABLED = False  # a page that refreshes itself would be followed in a circle
RETRY_TIMES = 2  # within a run; the ledger tries again in later runs
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # what gave up is counted, and said at the end

# Safety
REMOTE_CONTROL_ENABLED = False  # runs any code sent to it
TELNETCONSOLE_ENABLED = False

FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"

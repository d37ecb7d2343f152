"""Reaching https servers of an older day, for the sources that say ``legacy_tls``."""

from __future__ import annotations

from typing import Any, Final

from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory

LEGACY_SETTINGS: Final = {
    "DOWNLOADER_CLIENTCONTEXTFACTORY": "newsbot.tls.LegacyContextFactory",
    "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.0",
}
"""What a crawl of such a source asks of Scrapy."""

_OP_LEGACY_SERVER_CONNECT = 0x4  # OpenSSL's; pyOpenSSL has no name for it


class LegacyContextFactory(_ScrapyClientContextFactory):
    """Connects also to servers with short keys and SHA-1, and without secure renegotiation (RFC 5746)."""

    def _get_cert_options(self) -> Any:
        options = super()._get_cert_options()
        context = options.getContext()  # made once: every connection gets this one
        context.set_cipher_list(b"DEFAULT:@SECLEVEL=0")  # a list of ciphers given to Twisted loses the level
        context.set_options(_OP_LEGACY_SERVER_CONNECT)
        return options

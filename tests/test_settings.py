"""Scrapy's wiring table."""

from scrapy.settings import Settings
from scrapy.settings.default_settings import EXTENSIONS_BASE
from scrapy.utils.conf import build_component_list


def test_no_extension_of_scrapys_listens_and_the_others_are_there() -> None:
    settings = Settings()
    settings.setmodule("newsbot.settings")
    enabled = set(build_component_list(settings.get_component_priority_dict_with_base("EXTENSIONS")))
    left_out = {path for path in EXTENSIONS_BASE if path not in enabled}
    assert left_out == {
        "scrapy.extensions.telnet.TelnetConsole",
        "scrapy.extensions.remote_control.RemoteControl",
    }

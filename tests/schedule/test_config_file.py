from pathlib import Path

from newsbot.schedule.config_file import ConfigFile, has_schedule


def test_a_schedule_shows_that_it_is_at_work_also_by_a_file_that_was_put_in_the_place_of_the_first(
    tmp_path: Path,
) -> None:
    toml, other = tmp_path / "newsbot.toml", tmp_path / "other.toml"
    assert not has_schedule(toml)
    toml.write_text("")
    other.write_text("contact = 'desk@example.org'")
    assert not has_schedule(toml)
    file = ConfigFile(toml)
    file.show()
    assert has_schedule(toml)
    other.replace(toml)
    assert not has_schedule(toml)
    file.show()
    assert has_schedule(toml)
    file.hide()
    assert not has_schedule(toml)


def test_two_schedules_may_be_at_work_by_one_file(tmp_path: Path) -> None:
    toml = tmp_path / "newsbot.toml"
    toml.write_text("")
    one, two = ConfigFile(toml), ConfigFile(toml)
    one.show()
    two.show()
    one.hide()
    assert has_schedule(toml)
    two.hide()
    assert not has_schedule(toml)

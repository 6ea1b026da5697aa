"""The public names are pinned: a change here is a change of the public face."""

import importlib
import pkgutil

import secondsource as ss


def test_the_public_names_are_these() -> None:
    assert ss.__all__ == [
        "Article",
        "Brief",
        "Collation",
        "Failure",
        "Library",
        "Published",
        "Reading",
        "SecondsourceError",
        "Settings",
        "Span",
        "Story",
        "brief",
        "collate",
        "group",
        "load",
        "read",
    ]


def test_functions_stay_functions_whatever_is_imported() -> None:
    for module in pkgutil.walk_packages(ss.__path__, "secondsource."):
        if "__main__" not in module.name and not module.name.startswith("secondsource.web"):
            importlib.import_module(module.name)
    assert all(callable(getattr(ss, name)) for name in ("brief", "collate", "group", "load", "read"))

"""Do two states do what they say? Words held against deeds.

`import realpolitik as rp; rp.gap("USA", "IRN")`. Every verb of the command line
is a function of the same name. Names are resolved on first use, so that
importing the package costs next to nothing.
"""

import sys

__all__ = [
    "Check",
    "Dossier",
    "Finding",
    "Reading",
    "Readings",
    "RealpolitikError",
    "Result",
    "Rows",
    "acts",
    "audience",
    "audit",
    "benefit",
    "check",
    "cite",
    "code",
    "codes",
    "diff",
    "doctor",
    "dossier",
    "export",
    "fetch",
    "follow",
    "gap",
    "ingest",
    "lake",
    "latent",
    "measures",
    "panel",
    "phases",
    "read",
    "rebuild",
    "respond",
    "scan",
    "secrets",
    "sources",
    "states",
    "train",
    "verify",
    "weigh",
]
_VERBS = tuple(name for name in __all__ if name.islower())
_HOMES = {
    "Check": "api.check",
    "Dossier": "api.dossier",
    "Finding": "findings",
    "Reading": "api._readings",
    "Readings": "api._readings",
    "RealpolitikError": "errors",
    "Result": "api.result",
    "Rows": "api.result",
    **{verb: f"api.{verb}" for verb in _VERBS},
}


class _Package(type(sys)):
    """The package, in which a verb outranks the room of the same name.

    Importing `realpolitik.sources` makes Python set the attribute `sources` of
    its parent, which would hide the verb; the room stays reachable by
    `from realpolitik.sources import ...`.
    """

    def __setattr__(self, name, value):
        if not (name in _VERBS and isinstance(value, type(sys))):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name):
    if name == "__version__":
        value = _version()
    elif name in _HOMES:
        value = getattr(__import__(f"{__name__}.{_HOMES[name]}", fromlist=[name]), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__():
    return sorted({*globals(), *__all__, "__version__"})


def _version():
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(__name__)
    except PackageNotFoundError:  # run from a checkout that is not installed
        return "0+unknown"

"""Make .venv and install realpolitik into it, from nothing but Python 3.11 or newer.

Installs exactly what requirements/*.lock list, with uv where it is on the path
(faster), else with pip. `--dev` adds the tools of the project itself.
"""

import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENV = ROOT / ".venv"
PYTHON = ENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
OLDEST = (3, 11)


def main() -> None:
    """Create the environment if it is not there and install into it."""
    if sys.version_info < OLDEST:
        sys.exit(
            f"realpolitik needs Python 3.11 or newer; {sys.executable} is "
            f"{sys.version.split()[0]}. Try: make PYTHON=python3.12 ..."
        )
    lock = ROOT / "requirements" / ("dev.lock" if "--dev" in sys.argv[1:] else "runtime.lock")
    try:
        install = with_uv() if shutil.which("uv") else with_pip()
        run(*install, "--require-hashes", "-r", lock)
        run(*install, "--no-deps", "-e", ROOT)
    except subprocess.CalledProcessError as error:
        sys.exit(
            f"installing failed: {' '.join(map(str, error.cmd))} ended with {error.returncode}"
        )


def with_uv() -> list[object]:
    """The install command of uv, its environment made."""
    if not PYTHON.exists():
        run("uv", "venv", "--quiet", "--python", sys.executable, ENV)
    return ["uv", "pip", "install", "--quiet", "--python", PYTHON]


def with_pip() -> list[object]:
    """The install command of pip, its environment made."""
    if not PYTHON.exists():
        venv.create(ENV, with_pip=True)
    return [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]


def run(*command: object) -> None:
    """Run a command in the project's root; its output is the user's to see."""
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()

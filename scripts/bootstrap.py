"""What run, test, check and bench share: one virtual environment with pinned packages.

Only the standard library, so that it works before anything is installed; on Linux, macOS, Windows.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / ".stamp"
LEAST = (3, 11)


def say(text: str) -> None:
    """One line to the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)


def environment(requirements: str) -> Path:
    """A virtual environment holding `requirements`; its Python. Fast when nothing changed."""
    os.chdir(ROOT)
    if sys.version_info < LEAST:
        sys.exit("需要 Python 3.11 以上 / Python 3.11 or newer is needed: https://www.python.org")
    wanted = _fingerprint(requirements)
    if STAMP.exists() and PYTHON.exists() and wanted in STAMP.read_text().split():
        return PYTHON
    if not _works():
        _make()
    say(f"安装程序库 / installing packages from {requirements} ...")
    _install(requirements)
    kept = [wanted]
    if requirements != "requirements.txt":
        kept.append(_fingerprint("requirements.txt"))  # the longer list holds the shorter one
    STAMP.write_text("\n".join(kept))
    return PYTHON


def _fingerprint(requirements: str) -> str:
    content = b"".join(
        (ROOT / name).read_bytes() for name in ("requirements.txt", requirements, "constraints.txt")
    )
    return hashlib.sha256(content + str(sys.version_info[:2]).encode()).hexdigest()


def _works() -> bool:
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0


def _make() -> None:
    try:
        import ensurepip  # noqa: F401 - missing on minimal Debian
    except ImportError:
        apt("python3-venv")
    shutil.rmtree(VENV, ignore_errors=True)
    say("建立虚拟环境 / making the virtual environment ...")
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"无法建立虚拟环境 / cannot make the virtual environment: {error}\n"
            "Debian/Ubuntu: sudo apt-get install python3-venv"
        )


def _install(requirements: str) -> None:
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    files = ["-r", requirements, "-c", "constraints.txt"]
    done = subprocess.run([*pip, *files], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit("安装失败，请检查网络或离线安装包 / installing failed: check the network")


def apt(*packages: str) -> bool:
    """Install Debian packages when we are root and apt is there; whether it worked."""
    if os.name == "nt" or not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    if os.environ.get("NO_APT") == "1":
        return False
    say(f"安装系统软件包 / installing system packages: {' '.join(packages)} ...")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-qq", "-y", "--no-install-recommends", *packages]
    if subprocess.run(install, env=env, check=False, **quiet).returncode == 0:  # type: ignore[call-overload]
        return True
    subprocess.run(["apt-get", "update", "-qq"], env=env, check=False, **quiet)  # type: ignore[call-overload]
    return subprocess.run(install, env=env, check=False, **quiet).returncode == 0  # type: ignore[call-overload]


def run(*command: str | Path) -> int:
    """Run a command in the project; its exit status."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode


def utf8() -> None:
    """Chinese on any console."""
    os.environ.setdefault("PYTHONUTF8", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

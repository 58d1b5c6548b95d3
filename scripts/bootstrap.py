"""What run, test, check and bench share: one virtual environment with pinned packages.

Only the standard library, so that it works before anything is installed; on Linux, macOS, Windows.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

from progress import installed, tell_steps, what_apt_would_do

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / ".stamp"
UNFINISHED = VENV / ".unfinished"  # there while something is being made or installed
WHEELS = ROOT / "wheels"  # what scripts/wheels put there for computers without a network
LEAST = (3, 11)


def say(text: str) -> None:
    """One line to the person at the keyboard."""
    print(text, file=sys.stderr, flush=True)


def environment(requirements: str, *, offline: bool = False) -> Path:
    """A virtual environment holding `requirements`; its Python. Fast when nothing changed.

    offline: packages come from the folder wheels/ only, and no network is asked.
    """
    os.chdir(ROOT)
    if sys.version_info < LEAST:
        sys.exit("需要 Python 3.11 以上 / Python 3.11 or newer is needed: https://www.python.org")
    wanted = _fingerprint(requirements)
    if _whole() and wanted in STAMP.read_text().split():
        return PYTHON
    if not _usable():
        _make(offline=offline)
    UNFINISHED.touch()
    _install(requirements, offline=offline)
    kept = [wanted]
    if requirements != "requirements.txt":
        kept.append(_fingerprint("requirements.txt"))  # the longer list holds the shorter one
    STAMP.write_text("\n".join(kept))
    UNFINISHED.unlink()
    return PYTHON


def _whole() -> bool:
    """Whether an environment is there and was installed to the end."""
    return PYTHON.exists() and STAMP.exists() and not UNFINISHED.exists()


def _usable() -> bool:
    """Whether packages can be added to what is there: nothing half-made, and a pip that runs."""
    if not PYTHON.exists() or UNFINISHED.exists():
        return False
    pip = [PYTHON, "-m", "pip", "--version"]
    return subprocess.run(pip, check=False, capture_output=True).returncode == 0


def _fingerprint(requirements: str) -> str:
    content = b"".join(
        (ROOT / name).read_bytes() for name in ("requirements.txt", requirements, "constraints.txt")
    )
    return hashlib.sha256(content + str(sys.version_info[:2]).encode()).hexdigest()


def _make(*, offline: bool) -> None:
    if VENV.exists():
        say("上次没有装完，重新建立 / the last installation was not finished: made anew ...")
    _require_venv(offline=offline)
    _remove(VENV)
    VENV.mkdir()
    UNFINISHED.touch()
    say("建立虚拟环境 / making the virtual environment ...")
    try:
        venv.create(VENV, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"无法建立虚拟环境 {VENV}（{error}）；请检查磁盘空间和读写权限 / "
            f"cannot make the virtual environment {VENV} ({error}): check space and rights"
        )


def _require_venv(*, offline: bool) -> None:
    """Debian and Ubuntu keep a part of Python, ensurepip, in a package of its own."""
    if not find_spec("ensurepip") and not offline and apt("python3-venv"):
        invalidate_caches()
    if find_spec("ensurepip"):
        return
    sys.exit(
        "本机的 Python 缺少 venv 组件；请先运行：sudo apt-get install python3-venv，再运行本命令 / "
        "this computer's Python lacks its part venv; run first: "
        "sudo apt-get install python3-venv, then this command again"
    )


def _remove(folder: Path) -> None:
    """The folder is gone; a link to an environment elsewhere goes, what it leads to stays."""
    if folder.is_symlink():
        folder.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _install(requirements: str, *, offline: bool) -> None:
    say(f"安装程序库 / installing the packages of {requirements} ...")
    if offline and not WHEELS.is_dir():
        sys.exit(
            f"--offline 需要文件夹 {WHEELS}；请在同类系统、能上网的电脑上运行 scripts/wheels，"
            f"再把它拷到这里 / --offline needs the folder {WHEELS}: run scripts/wheels on a "
            "computer of the same kind that has a network, and copy the folder here"
        )
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar=off"]
    source = ["--no-index", "--find-links", WHEELS] if offline else []
    files = ["-r", requirements, "-c", "constraints.txt"]
    status, complaints = tell_steps([*pip, *source, *files], ROOT, say)
    if status:
        say(complaints)
        where = "wheels" if offline else "网络连接 / the network"
        sys.exit(
            f"程序库没有装好，请检查：{where}；再运行一次会重新安装 / "
            "the packages could not be installed, check what is named above; run it again then"
        )


def apt(*packages: str) -> bool:
    """Install Debian packages when we are root and apt is there; whether they are there now.

    What would be installed, and how much, is said first; NO_APT=1 forbids it.
    """
    if os.name == "nt" or not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    if os.environ.get("NO_APT") == "1":
        return False
    env = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    plan = what_apt_would_do(packages, env)
    if plan is None:
        say("更新软件包目录 / reading Debian's list of packages (apt-get update) ...")
        subprocess.run(["apt-get", "update", "-qq"], env=env, check=False, capture_output=True)
        plan = what_apt_would_do(packages, env)
    if plan is None:
        return False
    say("将安装系统软件包（NO_APT=1 则不装） / installing system packages (not with NO_APT=1):")
    say(f"  {plan}")
    return installed(packages, env)


def run(*command: str | Path) -> int:
    """Run a command in the project; its exit status."""
    return subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode


def utf8() -> None:
    """Chinese on any console."""
    os.environ.setdefault("PYTHONUTF8", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

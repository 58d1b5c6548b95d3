"""Whether the office can listen where it was told to, and if not, why not."""

import errno
import os
import socket

from election.settings import Settings, UnusableInstallation


def require_free(settings: Settings) -> None:
    """Raise UnusableInstallation naming the setting that has to change; else do nothing."""
    try:
        address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0]) as probe:
            if os.name != "nt":  # there it would take a port away from another program
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except OSError as error:
        raise _reason(settings, error) from error


def _reason(settings: Settings, error: OSError) -> UnusableInstallation:
    host, port = settings.host, settings.port
    if error.errno == errno.EADDRINUSE:
        zh, en = f"端口{port}已被占用；请设置另一个端口", f"port {port} is taken; set another one"
        return UnusableInstallation("XUANBAN_PORT", zh, en)
    if error.errno == errno.EACCES:
        zh = f"没有权限使用端口{port}；请设置1024以上的端口"
        return UnusableInstallation(
            "XUANBAN_PORT", zh, f"no right to use port {port}; set one above 1024"
        )
    return UnusableInstallation(
        "XUANBAN_HOST",
        f"“{host}”不是本机的地址；只在本机使用请写127.0.0.1",
        f"{host!r} is no address of this machine; write 127.0.0.1 to use it here alone",
    )

"""Raises every exception that pytubefix has, and the usual ones of the network, and prints what the runner makes of
each. Started with the runner's folder as its argument, by a Python that has pytubefix."""

import inspect
import socket
import ssl
import sys
from email.message import Message
from http.client import IncompleteRead, RemoteDisconnected
from urllib.error import HTTPError, URLError

# Where the runner lies is told by the caller: it can be imported only from here on.
sys.path.insert(0, sys.argv[1])

import runner
from pytubefix import exceptions
from pytubefix.sig_nsig import node_runner


VIDEO = "dQw4w9WgXcQ"


def classes_of(module):
    return [
        value
        for value in vars(module).values()
        if inspect.isclass(value) and issubclass(value, Exception) and value.__module__ == module.__name__
    ]


def instance_of(kind):
    if kind.__init__ is Exception.__init__:
        return kind("words")
    parameters = list(inspect.signature(kind.__init__).parameters.values())[1:]
    required = [parameter for parameter in parameters if parameter.default is parameter.empty]
    return kind(*[VIDEO if parameter.name == "video_id" else "words" for parameter in required if parameter.kind is parameter.POSITIONAL_OR_KEYWORD])


def http_error(status, retry_after=None):
    headers = Message()
    if retry_after is not None:
        headers["Retry-After"] = retry_after
    return HTTPError("https://www.youtube.com/youtubei/v1/player", status, "words", headers, None)


def told(error, stage):
    run = runner.Run({})
    run.stage = stage
    try:
        raise error
    except Exception as raised:
        run.tell_error(raised)


for kind in [*classes_of(exceptions), *classes_of(node_runner)]:
    told(instance_of(kind), "page")

for status in (400, 401, 403, 404, 429, 500, 503):
    told(http_error(status, "120" if status == 429 else None), "page")
    told(http_error(status), "bytes")

for reason in (
    ConnectionRefusedError(111, "Connection refused"),
    ConnectionResetError(104, "Connection reset by peer"),
    TimeoutError("timed out"),
    socket.gaierror(-2, "Name or service not known"),
    ssl.SSLEOFError(8, "EOF occurred in violation of protocol (_ssl.c:1006)"),
    ssl.SSLCertVerificationError(1, "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed (_ssl.c:1006)"),
    OSError("Tunnel connection failed: 403 Forbidden"),
    OSError("Tunnel connection failed: 502 Bad Gateway"),
    OSError("Tunnel connection failed: 593 "),
):
    told(URLError(reason), "page")

told(URLError("unknown url type: foo"), "page")
told(TimeoutError("The read operation timed out"), "bytes")
told(RemoteDisconnected("Remote end closed connection without response"), "bytes")
told(IncompleteRead(b"", 4096), "bytes")
told(OSError(28, "No space left on device"), "bytes")
told(OSError(27, "File too large"), "bytes")
told(KeyError("streamingData"), "page")
told(TypeError("'NoneType' object is not subscriptable"), "page")

"""Runs pytubefix for Nexus: one video, one process.

    python runner.py --check
    python runner.py --request FILE

FILE holds one JSON object:

    task            "probe" or "download"
    url             of the watch page
    proxy           URL of the HTTP proxy that every request must take
    quality         the largest height wanted (of an upright picture its width), null for the best
    kind            "video" or "audio"
    maxBytes        nothing longer is fetched
    out             existing folder for the result
    temporary       existing folder for its parts; those of an earlier run are gone on with
    ffmpeg          path of the program; null: streams that come apart cannot be used

Each line on stdout is one JSON object, told apart by its "event":

    {"event": "ready", "version": "11.2.1"}
        The whole answer to --check: pytubefix can be imported.
    {"event": "facts", "title": "…", "durationSec": 12, "sizeBytes": 1000, "width": 1280, "height": 720,
     "heights": [720, 360]}
        About the video and what has been chosen of it; a value that is not known is null. It is all that a probe says.
    {"event": "progress", "bytes": 500, "totalBytes": 1000}
        Over all streams of the download; the first one, when it begins, has what an earlier run has left.
    {"event": "merging"}
        All bytes are there; picture and sound are being put together.
    {"event": "file", "path": "/…/out/media.mp4"}
        The result. It is said last.
    {"event": "error", "name": "HTTPError", "message": "HTTP Error 403: Forbidden", "stage": "bytes", "status": 403,
     "retryAfterSec": null}
        Said last instead of all the others. `name` is the class of the exception (of a URLError that of its reason);
        `message` is its own, of a VideoUnavailable the platform's;
        `stage` is "page" until the bytes of the medium are asked for, `status` and `retryAfterSec` are those of an
        HTTP answer, or null.

It exits with 0, or with 1 after an error. What is on stderr is for people.
"""

import json
import sys
import time
from urllib.error import HTTPError, URLError

import stream_choice
import stream_transfer

PROGRESS_EVERY_SEC = 0.5

# The library may print; its words must not come between the events.
events = sys.stdout
sys.stdout = sys.stderr


def say(event, **values):
    print(json.dumps({"event": event, **values}), file=events, flush=True)


class Progress:
    """Tells of bytes, not too often."""

    def __init__(self, total_bytes):
        self.total_bytes = total_bytes
        self.bytes = 0
        self.told_at = None

    def add(self, count):
        self.bytes += count
        now = time.monotonic()
        if self.told_at is None or now - self.told_at >= PROGRESS_EVERY_SEC or self.bytes == self.total_bytes:
            self.told_at = now
            say("progress", bytes=self.bytes, totalBytes=self.total_bytes)


def open_video(request):
    import pytubefix

    # A redirect to ftp would go past a proxy for http alone.
    proxies = {scheme: request["proxy"] for scheme in ("http", "https", "ftp")}
    return pytubefix.YouTube(request["url"], proxies=proxies)


def length_of(video):
    try:
        return video.length
    except TypeError:  # Its answer had none.
        return None


def tell_facts(video, streams, chosen):
    picture = next((stream for stream in chosen if stream.includes_video_track), None)
    say(
        "facts",
        title=video.title,
        durationSec=length_of(video),
        sizeBytes=stream_choice.size_of_all(chosen),
        width=picture and picture.width,
        height=picture and picture.height,
        heights=stream_choice.heights_of(streams),
    )


class Run:
    def __init__(self, request):
        self.request = request
        self.stage = "page"
        self.video = None

    def do(self):
        request = self.request
        video = self.video = open_video(request)
        streams = list(video.streams)
        fitting, smallest = stream_choice.choose(streams, request)
        tell_facts(video, streams, fitting or smallest)
        if request["task"] == "probe":
            return
        if fitting is None:
            raise stream_choice.TooLarge(f"even the smallest is larger than {request['maxBytes']} bytes")
        self.stage = "bytes"
        self.download(video, fitting)

    def download(self, video, streams):
        request = self.request
        progress = Progress(stream_choice.size_of_all(streams))
        parts = [
            stream_transfer.fetch(video, stream, request["temporary"], progress, request["maxBytes"])
            for stream in streams
        ]
        if len(parts) > 1:
            say("merging")
        path = stream_transfer.finish(streams, parts, request["out"], request["ffmpeg"])
        say("file", path=path)

    def tell_error(self, error):
        message = str(error)
        status = retry_after = None
        if isinstance(error, HTTPError):
            status = error.code
            retry_after = seconds(error.headers and error.headers.get("Retry-After"))
        elif isinstance(error, URLError) and isinstance(error.reason, BaseException):
            error = error.reason
            message = str(error)
        elif type(error).__name__ == "VideoUnavailable":
            message = self.platforms_words() or message
        say(
            "error",
            name=type(error).__name__,
            message=message,
            stage=self.stage,
            status=status,
            retryAfterSec=retry_after,
        )


    def platforms_words(self):
        """What pytubefix has no class for it calls unavailable, and drops the reason that the platform gave."""
        answer = self.video and self.video.vid_info.get("playabilityStatus", {})
        return answer and answer.get("reason")


def seconds(header):
    return int(header) if header and header.isdigit() else None


def check():
    import pytubefix

    say("ready", version=pytubefix.__version__)


def main(arguments):
    run = Run({})
    try:
        if arguments == ["--check"]:
            check()
        else:
            option, file = arguments
            if option != "--request":
                raise ValueError(f"there is no option {option}")
            with open(file, encoding="utf-8") as opened:
                run.request = json.load(opened)
            run.do()
    except Exception as error:
        run.tell_error(error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Stands in for pytubefix: videos whose streams are files of a site (the environment's FAKE_SITE). The page of each is
asked for through the proxy, as the real one does; the id of a video says what is wrong with it."""

import os
from urllib.parse import parse_qs, urlsplit
from urllib.request import ProxyHandler, build_opener, install_opener, urlopen

from . import exceptions

__version__ = "11.0.0"

SITE = os.environ["FAKE_SITE"]

PROGRESSIVE = {"itag": 18, "width": 640, "height": 360, "video_codec": "avc1.42001E", "bitrate": 500_000}
PICTURES = [
    {"itag": 271, "width": 2560, "height": 1440, "video_codec": "vp9", "subtype": "webm", "bitrate": 9_000_000},
    {"itag": 137, "width": 1920, "height": 1080, "video_codec": "avc1.640028", "bitrate": 4_000_000},
    {"itag": 136, "width": 1280, "height": 720, "video_codec": "avc1.4d401f", "bitrate": 2_000_000},
    {"itag": 247, "width": 1280, "height": 720, "video_codec": "vp9", "subtype": "webm", "bitrate": 1_500_000},
]
SOUNDS = [
    {"itag": 251, "subtype": "webm", "bitrate": 160_000},
    {"itag": 140, "bitrate": 128_000},
    {"itag": 139, "bitrate": 48_000},
]


class Stream:
    type = "video"
    subtype = "mp4"
    is_progressive = is_otf = is_sabr = is_drc = is_default_audio_track = False
    video_codec = width = height = resolution = None

    def __init__(self, path, size, **facts):
        self.url = SITE + path
        self.filesize = size
        for name, value in facts.items():
            setattr(self, name, value)

    @property
    def includes_video_track(self):
        return self.type == "video"

    def download(self, output_path, filename, skip_existing, timeout):
        """As SABR does: all comes in chunks to the video's listener, and an answer of 404 is a good end."""
        with open(os.path.join(output_path, filename), "wb") as file:
            if self.url.endswith("404.mp4"):
                return
            with urlopen(self.url, timeout=timeout) as answer:
                while chunk := answer.read(100_000):
                    file.write(chunk)
                    self.video.on_progress(self, chunk, 0)


class YouTube:
    title = "A video"

    def __init__(self, url, proxies):
        install_opener(build_opener(ProxyHandler(proxies)))
        self.id = parse_qs(urlsplit(url).query)["v"][0]
        self.length = 7_200 if self.id == "long" else 3
        self.vid_info = {"playabilityStatus": {"reason": "This video is not available in your country."}}
        self.on_progress = None

    def register_on_progress_callback(self, listener):
        self.on_progress = listener

    @property
    def streams(self):
        if self.id.startswith("page-"):
            urlopen(f"{SITE}/{self.id.removeprefix('page-')}.mp4").read()
        with urlopen(f"{SITE}/ok.mp4") as answer:
            size = len(answer.read())
        if self.id == "hang":
            urlopen(f"{SITE}/stall.mp4").read()
        if self.id == "unavailable":
            raise exceptions.VideoUnavailable(self.id)
        if self.id == "live":
            raise exceptions.LiveStreamError(self.id)
        if self.id == "apart":
            return self.apart(size)
        is_sabr = self.id.startswith("sabr-")
        return [Stream(f"/{self.path()}", size, is_progressive=True, is_sabr=is_sabr, video=self, **PROGRESSIVE)]

    def path(self):
        paths = {"long": "ok.mp4", "redir": "redir", "big": "big.mp4?mb=50&rate=500000"}
        return paths.get(self.id, f"{self.id.removeprefix('sabr-')}.mp4")

    @staticmethod
    def apart(size):
        pictures = [Stream("/ok.mp4", size, **facts) for facts in PICTURES]
        sounds = [Stream("/ok.mp4", size, type="audio", is_default_audio_track=True, **facts) for facts in SOUNDS]
        return [Stream("/ok.mp4", size, is_progressive=True, **PROGRESSIVE), *pictures, *sounds]

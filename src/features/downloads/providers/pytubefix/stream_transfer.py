"""Fetches the bytes of streams, and makes one file of them.

pytubefix's own loop is used for its SABR protocol alone: for plain streams it takes a 404 for an end, hides why a
request failed, and says nothing until 9 MB are there, which looks like a stall on a slow line.
"""

import os
import shutil
import subprocess
from http.client import IncompleteRead
from urllib.request import Request, urlopen

from stream_choice import TooLarge, size_of

RANGE_BYTES = 9 * 1024 * 1024
"""The platform slows down whoever asks for more than 10 MB at once."""
PIECE_BYTES = 64 * 1024
SILENCE_SEC = 15


class MergeFailed(Exception):
    """ffmpeg could not put picture and sound together."""


def fetch(video, stream, folder, progress, max_bytes):
    """The path of the stream's file, which may have been begun by an earlier run. @raises TooLarge"""
    path = os.path.join(folder, f"{stream.itag}.{stream.subtype}")

    def count(length):
        progress.add(length)
        if progress.bytes > max_bytes:
            raise TooLarge(f"it is larger than {max_bytes} bytes")

    if stream.is_sabr:
        fetch_sabr(video, stream, path, count)
    else:
        fetch_ranges(stream.url, path, size_of(stream), count)
    return path


def fetch_ranges(url, path, total, count):
    with open(path, "ab") as file:
        have = file.tell()
        count(have)
        while total is None or have < total:
            wanted = f"bytes={have}-{have + RANGE_BYTES - 1}"
            request = Request(url, headers={"User-Agent": "Mozilla/5.0", "Range": wanted})
            with urlopen(request, timeout=SILENCE_SEC) as answer:
                if answer.status != 206:  # A server without ranges begins at the beginning.
                    file.truncate(0)
                    count(-have)
                    have = 0
                end, told_total = extent(answer, have)
                while piece := answer.read(PIECE_BYTES):
                    file.write(piece)
                    have += len(piece)
                    count(len(piece))
            # A connection that breaks looks like a good end here.
            if end is not None and have < end:
                raise IncompleteRead(b"", end - have)
            total = told_total or total or have


def extent(answer, have):
    """Where this answer and where the whole end; None when that is not told."""
    length = answer.headers.get("Content-Length")
    end = have + int(length) if length else None
    if answer.status != 206:
        return end, end
    total = answer.headers.get("Content-Range", "").rpartition("/")[2]
    return end, int(total) if total.isdigit() else None


def fetch_sabr(video, stream, path, count):
    count(0)
    video.register_on_progress_callback(lambda _stream, chunk, _left: count(len(chunk)))
    folder, name = os.path.split(path)
    stream.download(output_path=folder, filename=name, skip_existing=False, timeout=SILENCE_SEC)
    if os.path.getsize(path) == 0:
        raise IncompleteRead(b"")


def finish(streams, parts, folder, ffmpeg):
    """Puts the parts together, or the only one into its place. The path of the result."""
    if len(parts) > 1:
        return merge(parts, os.path.join(folder, "media.mp4"), ffmpeg)
    [stream], [part] = streams, parts
    is_m4a = stream.type == "audio" and stream.subtype == "mp4"
    path = os.path.join(folder, f"media.{'m4a' if is_m4a else stream.subtype}")
    shutil.move(part, path)
    return path


def merge(parts, path, ffmpeg):
    # The files come from strangers: none of them may name others to open.
    closed = ["-protocol_whitelist", "file,pipe", "-format_whitelist", "mov,matroska,webm"]
    inputs = [argument for part in parts for argument in (*closed, "-i", part)]
    copy = ["-map", "0:v:0", "-map", "1:a:0", "-c", "copy", "-movflags", "+faststart"]
    command = [ffmpeg, "-nostdin", "-hide_banner", "-v", "error", "-y", *inputs, *copy, path]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if done.returncode != 0:
        raise MergeFailed(done.stderr.decode(errors="replace").strip()[-1000:] or f"ffmpeg ended with {done.returncode}")
    return path

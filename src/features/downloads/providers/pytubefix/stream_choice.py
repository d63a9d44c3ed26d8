"""Which streams of a video are fetched: one that has picture and sound, or one of each, to be put together."""

from urllib.error import URLError

BEST_HEIGHT = 1080
"""More than what phones show costs bytes and comes in codecs that Telegram's players do not take."""


class NoStream(Exception):
    """The video has no streams of the wished kind."""


class TooLarge(Exception):
    """Nothing of the wished kind is small enough."""


def choose(streams, request):
    """The best streams that fit, or None, and the smallest ones. @raises NoStream"""
    # Segments that are asked for by number have no length, and pytubefix takes their end for a good one.
    usable = [stream for stream in streams if not stream.is_otf]
    ordered = list(sounds_first(usable) if request["kind"] == "audio" else pictures_first(usable, request))
    if not ordered:
        raise NoStream("there is no stream of the wished kind")
    fitting = next((chosen for chosen in ordered if (size_of_all(chosen) or 0) <= request["maxBytes"]), None)
    known = [chosen for chosen in ordered if size_of_all(chosen) is not None]
    return fitting, min(known, key=size_of_all, default=ordered[-1])


def sounds_first(streams):
    """Sound alone, else a video, whose sound can be taken out."""
    sounds = sorted((stream for stream in streams if stream.type == "audio"), key=sound_rank)
    whole = sorted((stream for stream in streams if stream.is_progressive), key=picture_rank(None))
    return ([stream] for stream in [*sounds, *whole])


def pictures_first(streams, request):
    pictures = [stream for stream in streams if stream.includes_video_track]
    sounds = sorted((stream for stream in streams if stream.type == "audio"), key=sound_rank)
    for picture in sorted(pictures, key=picture_rank(request["quality"])):
        if picture.is_progressive:
            yield [picture]
        elif request["ffmpeg"] is not None:
            yield from ([picture, sound] for sound in sounds)


def picture_rank(height):
    """The largest that is not above the height, else the smallest, and of several H.264, which needs no transcoding.
    Where no height is wished for, H.264 comes before all."""
    limit = height or BEST_HEIGHT

    def rank(stream):
        own = height_of(stream) or 0
        distance = (own > limit, abs(limit - own))
        codec = not (stream.video_codec or "").startswith("avc1")
        first = (distance, codec) if height else (codec, distance)
        return (*first, stream.is_sabr, -(stream.bitrate or 0))

    return rank


def sound_rank(stream):
    return (
        not stream.is_default_audio_track,
        stream.subtype != "mp4",
        stream.is_drc,
        stream.is_sabr,
        -(stream.bitrate or 0),
    )


def height_of(stream):
    """As in «720p»: of an upright picture its width."""
    sides = [side for side in (stream.width, stream.height) if side]
    if sides:
        return min(sides)
    words = (stream.resolution or "").removesuffix("p")
    return int(words) if words.isdigit() else None


def heights_of(streams):
    heights = {height_of(stream) for stream in streams if stream.includes_video_track}
    return sorted((height for height in heights if height), reverse=True)


def size_of(stream):
    """None when nobody says. It is asked for over the network where the page has left it out."""
    try:
        return stream.filesize
    except (URLError, KeyError, ValueError):
        return None


def size_of_all(streams):
    sizes = [size_of(stream) for stream in streams]
    return None if None in sizes else sum(sizes)

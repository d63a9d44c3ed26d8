class VideoUnavailable(Exception):
    pass


class LiveStreamError(VideoUnavailable):
    pass

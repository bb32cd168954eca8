"""The data: reports as they came in, what was read from them, and the events that editors publish."""

from timeline.models.article import Article
from timeline.models.event import Event, Kind
from timeline.models.mention import Mention, ReviewStatus
from timeline.models.place import Place
from timeline.models.source import Actor, Source
from timeline.models.toll import TollClaim

__all__ = ["Actor", "Article", "Event", "Kind", "Mention", "Place", "ReviewStatus", "Source", "TollClaim"]

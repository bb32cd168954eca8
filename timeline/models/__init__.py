"""The data: reports as they came in, what was read from them, the events that editors publish, and the desk's own memory."""

from timeline.models.act import Act
from timeline.models.article import Article
from timeline.models.desk import Assignment, Draft, Lease, Presence, Skip
from timeline.models.event import Event, Kind
from timeline.models.feed import AddressWatch, Feed, FeedEntry, HostTurn
from timeline.models.mention import Mention, ReviewStatus
from timeline.models.origin import Origin, WordingBand
from timeline.models.place import Place
from timeline.models.source import Actor, Source
from timeline.models.toll import TollClaim

# What leaves a version with each decision, what is pointed to before what points: so an act is put back in this order.
TRACKED = (Source, Actor, Place, Feed, Article, Event, Mention, TollClaim)

__all__ = [
    "TRACKED",
    "Act",
    "Actor",
    "AddressWatch",
    "Article",
    "Assignment",
    "Draft",
    "Event",
    "Feed",
    "FeedEntry",
    "HostTurn",
    "Kind",
    "Lease",
    "Mention",
    "Origin",
    "Place",
    "Presence",
    "ReviewStatus",
    "Skip",
    "Source",
    "TollClaim",
    "WordingBand",
]

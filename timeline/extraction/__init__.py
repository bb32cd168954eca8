"""Text in, entries out: what a news report says happened, when, where, to how many, and who says so.

Pure Python: no Django, no database, no clock, no locale. ``extract`` is the way in; records.py holds what comes out.
"""

from timeline.extraction.assemble import extract
from timeline.extraction.records import KnownEvent

# Stored with every extraction, so that a later engine knows which entries it has read before. It changes with the
# rules.
VERSION = "0.2.0"

__all__ = ["VERSION", "KnownEvent", "extract"]

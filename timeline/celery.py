"""The tasks' own program, for workers on one machine or many: celery -A timeline.celery worker --beat.

Nothing of it is needed where CELERY_BROKER_URL is not set; settings.py says how tasks run, tasks.py which there are.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "timeline.settings")

app = Celery("timeline")
app.config_from_object("django.conf:settings", namespace="CELERY")

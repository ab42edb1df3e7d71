"""The table every table extends."""

from django.db import models
from django.utils import timezone

from alongside.core.keys import new_key


class Record(models.Model):
    """A number inside the house, a random key in addresses, and when it was made."""

    key = models.CharField(max_length=20, unique=True, default=new_key, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

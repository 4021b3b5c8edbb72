import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Photo",
                    fields=[
                        ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                        ("name", models.CharField(blank=True, max_length=255)),
                        ("size", models.PositiveIntegerField()),
                        ("received", models.PositiveIntegerField(default=0)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("began_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("stored_at", models.DateTimeField(null=True)),
                        (
                            "ticket",
                            models.CharField(help_text="Proof of the sender while no subject is known", max_length=64),
                        ),
                        ("subject_kind", models.CharField(blank=True, max_length=12)),
                        ("subject_id", models.BigIntegerField(null=True)),
                        ("step_id", models.BigIntegerField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("receiving", "Being received"),
                                    ("waiting", "Waiting to be checked"),
                                    ("ready", "Ready"),
                                    ("refused", "Refused"),
                                ],
                                default="receiving",
                                max_length=10,
                            ),
                        ),
                        (
                            "refusal",
                            models.CharField(
                                blank=True,
                                choices=[
                                    (
                                        "not_a_photo",
                                        "This is not a photo in JPEG, PNG, WebP or HEIC. Choose the photo itself.",
                                    ),
                                    ("too_large", "The photo is larger than 10 MB. Choose a smaller one."),
                                    (
                                        "too_many_pixels",
                                        "The photo has more than 50 million pixels. Choose a smaller one.",
                                    ),
                                    ("carries_code", "The file holds more than a photo. Take the photo again."),
                                    ("damaged", "The photo is damaged or not whole. Choose it again or take another."),
                                ],
                                max_length=40,
                            ),
                        ),
                        ("width", models.PositiveIntegerField(null=True)),
                        ("height", models.PositiveIntegerField(null=True)),
                        ("taken_at", models.CharField(blank=True, help_text="As the camera wrote it", max_length=40)),
                        ("taken_lon", models.FloatField(null=True)),
                        ("taken_lat", models.FloatField(null=True)),
                        ("queued_at", models.DateTimeField(null=True)),
                        ("ready_at", models.DateTimeField(null=True)),
                        (
                            "sender",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["subject_kind", "subject_id"], name="photos_by_subject"),
                            models.Index(
                                condition=models.Q(("subject_kind", "")), fields=["ticket"], name="photos_by_ticket"
                            ),
                            models.Index(
                                condition=models.Q(("subject_kind", "")),
                                fields=["began_at"],
                                name="photos_without_subject",
                            ),
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["stored_at"], name="photos_waiting"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("received__lte", models.F("size")), ("size__gt", 0), ("size__lte", 10485760)
                                ),
                                name="a_photo_fits_its_size",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "receiving"),
                                    models.Q(("received", models.F("size")), models.Q(("sha256", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="a_photo_counts_when_all_of_it_is_stored",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]

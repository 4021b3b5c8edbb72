import django.db.models.functions.datetime
from django.db import migrations, models

from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("outbox", "0001_tables"),
        ("outbox", "0002_fewer_indexes"),
    ]

    initial = True

    dependencies = []

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Handled",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("consumer", models.CharField(max_length=60)),
                        ("dedupe_key", models.CharField(max_length=80)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("consumer", "dedupe_key"), name="a_consumer_handles_a_message_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("topic", models.CharField(max_length=40)),
                        ("dedupe_key", models.CharField(max_length=80)),
                        ("partition_key", models.CharField(max_length=60)),
                        ("payload", models.JSONField()),
                        (
                            "fate",
                            models.CharField(
                                choices=[("waiting", "Waiting"), ("sent", "Sent"), ("dead", "Given up")],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("attempts", models.PositiveSmallIntegerField(default=0)),
                        ("next_try_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("last_error", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ("sent_at", models.DateTimeField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("fate", "waiting")), fields=["id"], name="messages_waiting"
                            ),
                            models.Index(
                                condition=models.Q(("fate", "waiting")),
                                fields=["partition_key", "id"],
                                name="messages_waiting_by_part",
                            ),
                            models.Index(condition=models.Q(("fate", "dead")), fields=["id"], name="messages_given_up"),
                        ],
                        "constraints": [models.UniqueConstraint(fields=("dedupe_key",), name="a_message_is_put_once")],
                    },
                ),
            ]
        ),
    ]

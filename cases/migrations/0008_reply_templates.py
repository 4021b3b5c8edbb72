import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import cases.models.template


class Migration(migrations.Migration):
    dependencies = [
        ("accountability", "0001_tables"),
        ("cases", "0007_hands_of_a_unit"),
        ("people", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReplyTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(default=cases.models.template.new_code, max_length=32, unique=True)),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("open", "Report"),
                            ("place", "Hand to a street"),
                            ("accept", "Accept"),
                            ("turn_down", "Turn down"),
                            ("self_handle", "Settle ourselves"),
                            ("whistle", "Blow the whistle"),
                            ("ask_desk", "Whistle through the district desk"),
                            ("dispatch", "Send to the units"),
                            ("send_back", "Send back to the street"),
                            ("summon", "Summon"),
                            ("sign", "Sign"),
                            ("respond", "Log first contact"),
                            ("arrive", "Log arrival"),
                            ("reply", "Reply"),
                            ("claim", "Take in hand"),
                            ("assign", "Give to a colleague"),
                            ("hand_over", "Hand over"),
                            ("release", "Release"),
                            ("settle", "All have replied"),
                            ("pass", "Inspection passed"),
                            ("rework", "Send back for rework"),
                            ("miss", "Call not answered"),
                            ("call_back", "Call back"),
                            ("rate", "Rate"),
                            ("close", "Close"),
                            ("lapse", "Overdue"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reported", "To be accepted"),
                            ("turned_down", "Turned down"),
                            ("accepted", "Accepted, to be decided"),
                            ("at_desk", "At the district desk"),
                            ("in_hand", "In hand"),
                            ("inspecting", "To be inspected"),
                            ("calling_back", "To be called back"),
                            ("closing", "To be closed"),
                            ("closed", "Closed"),
                            ("sent", "To be signed"),
                            ("signed", "Signed"),
                            ("responded", "Contact made"),
                            ("arrived", "Arrived"),
                            ("replied", "Replied"),
                            ("released", "Released"),
                        ],
                        max_length=12,
                    ),
                ),
                ("title", models.CharField(max_length=40)),
                ("text", models.CharField(help_text="With gaps like {place}, filled from the case", max_length=600)),
                ("basis", models.CharField(blank=True, max_length=200)),
                ("changed_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField(null=True)),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_templates",
                        to="accountability.category",
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reply_templates",
                        to="people.unit",
                    ),
                ),
            ],
            options={
                "ordering": ["verb", "title", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("retired_at", None)), fields=["verb"], name="reply_templates_in_use"
                    )
                ],
            },
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_whistles_found_by_their_moment"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="step",
            name="verb",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="summons",
            name="worker",
            field=models.ForeignKey(
                help_text="Who has it in hand: the person of the place whom the street named, or one of the unit",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="summonses",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]

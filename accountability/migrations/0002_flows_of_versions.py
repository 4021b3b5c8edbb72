"""Flows and manuals belong to a version of the list; tables first, then what was written before."""

import django.db.models.deletion
from django.db import migrations, models

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")
PART = models.TextField(blank=True, max_length=1000)


def of_an_item(name):
    return models.OneToOneField(
        on_delete=django.db.models.deletion.PROTECT, related_name=name, to="accountability.itemversion"
    )


class Migration(migrations.Migration):
    dependencies = [("accountability", "0001_squashed_0019")]

    operations = [
        migrations.CreateModel(
            name="FlowParty",
            fields=[
                ("id", ID),
                ("name", models.CharField(max_length=40, unique=True)),
                ("order", models.PositiveSmallIntegerField(default=0)),
            ],
            options={"ordering": ["order", "name"]},
        ),
        migrations.CreateModel(
            name="WrittenFlow",
            fields=[
                ("id", ID),
                ("basis", models.CharField(max_length=200)),
                ("digest", models.CharField(help_text="SHA-256 of its basis and steps", max_length=64)),
                ("item_version", of_an_item("flow")),
            ],
        ),
        migrations.CreateModel(
            name="WrittenManual",
            fields=[
                ("id", ID),
                ("when", PART),
                ("who", PART),
                ("how", PART),
                ("evidence", PART),
                ("forms", PART),
                ("contacts", PART),
                ("mistakes", PART),
                ("digest", models.CharField(help_text="SHA-256 of its parts", max_length=64)),
                ("item_version", of_an_item("manual")),
            ],
        ),
        migrations.AddField(
            model_name="flowstep",
            name="flow",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="accountability.writtenflow",
            ),
        ),
        migrations.AlterField(model_name="flowstep", name="since", field=models.DateField(null=True)),
        migrations.AlterField(
            model_name="flowstep",
            name="who",
            field=models.CharField(help_text="Parties, parted by “、”", max_length=300),
        ),
    ]

"""A step belongs to the flow of a version, and to nothing else."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accountability", "0003_flows_into_versions")]

    operations = [
        migrations.RemoveConstraint(model_name="flowstep", name="a_step_stands_once_in_a_flow"),
        migrations.RemoveConstraint(model_name="flowstep", name="one_step_of_a_flow_after_another"),
        migrations.AlterModelOptions(name="flowstep", options={"ordering": ["flow", "order"]}),
        migrations.RemoveField(model_name="flowstep", name="item"),
        migrations.RemoveField(model_name="flowstep", name="since"),
        migrations.RemoveField(model_name="flowstep", name="basis"),
        migrations.AlterField(
            model_name="flowstep",
            name="flow",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="accountability.writtenflow"
            ),
        ),
        migrations.AddConstraint(
            model_name="flowstep",
            constraint=models.UniqueConstraint(fields=("flow", "key"), name="a_step_stands_once_in_a_flow"),
        ),
        migrations.AddConstraint(
            model_name="flowstep",
            constraint=models.UniqueConstraint(fields=("flow", "order"), name="one_step_of_a_flow_after_another"),
        ),
    ]

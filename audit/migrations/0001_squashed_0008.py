import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

from audit.sealing import seal
from audit.tables import Tables


class Migration(migrations.Migration):
    replaces = [
        ("audit", "0001_tables"),
        ("audit", "0002_sealed"),
        ("audit", "0003_tokens_are_logged"),
        ("audit", "0004_exports_are_noted"),
        ("audit", "0005_rosters_are_noted"),
        ("audit", "0006_refused_reveals_are_noted"),
        ("audit", "0007_bundles_are_noted"),
        ("audit", "0008_restraints_are_noted"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        ("key", models.UUIDField(primary_key=True, serialize=False)),
                        ("purpose", models.CharField(max_length=20)),
                        ("request_hash", models.CharField(max_length=64)),
                        ("answer", models.CharField(blank=True, max_length=64)),
                        ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ],
                ),
                migrations.CreateModel(
                    name="SecurityLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "event",
                            models.CharField(
                                choices=[
                                    ("signed_in", "Signed in"),
                                    ("sign_in_refused", "Sign-in refused"),
                                    ("signed_out", "Signed out"),
                                    ("revealed", "Personal details revealed"),
                                    ("reveal_refused", "Personal details asked for and refused"),
                                    ("role_given", "Role given"),
                                    ("role_taken", "Role taken"),
                                    ("list_changed", "Responsibility list changed"),
                                    ("token_made", "Token made"),
                                    ("token_revoked", "Token revoked"),
                                    ("original_seen", "Original photo seen"),
                                    ("exported", "List exported"),
                                    ("roster_set", "Duty roster set"),
                                    ("bundle_asked", "Evidence bundle asked for"),
                                    ("bundle_made", "Evidence bundle made"),
                                    ("bundle_taken", "Evidence bundle taken"),
                                    ("restraint_asked", "Restraint of a caller asked for"),
                                    ("restraint_decided", "Restraint of a caller decided"),
                                    ("restraint_lifted", "Restraint of a caller lifted"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("subject_kind", models.CharField(blank=True, max_length=20)),
                        ("subject_id", models.CharField(blank=True, max_length=40)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "actor",
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
                            models.Index(fields=["subject_kind", "subject_id"], name="security_log_by_subject")
                        ],
                    },
                ),
            ]
        ),
        seal("audit_securitylog"),
    ]

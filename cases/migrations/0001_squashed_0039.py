import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import audit.labels
import cases.models.template
from audit.sealing import seal
from audit.tables import Tables

DIGEST = """
CREATE FUNCTION cases_step_digest(before text, s cases_step) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws(E'\\x1f', before, s.case_id, s.seq,
        coalesce(s.summons_id::text, '-'), coalesce(s.unit_id::text, '-'), coalesce(s.actor_id::text, '-'),
        s.verb, s.source, s.target, s.note, s.facts::text, coalesce(s.list_version_id::text, '-'), s.origin,
        (extract(epoch FROM s.at) * 1000000)::bigint, (extract(epoch FROM s.recorded_at) * 1000000)::bigint
    ), 'UTF8')), 'hex')
$$;
"""
CHAIN = """
CREATE FUNCTION cases_chain_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before record;
BEGIN
    SELECT seq, chain INTO before FROM cases_step WHERE case_id = NEW.case_id ORDER BY seq DESC LIMIT 1;
    NEW.seq := coalesce(before.seq, 0) + 1;
    NEW.chain := cases_step_digest(coalesce(before.chain, ''), NEW);
    RETURN NEW;
END $$;
CREATE TRIGGER cases_step_is_chained BEFORE INSERT ON cases_step
    FOR EACH ROW EXECUTE FUNCTION cases_chain_step();
"""
STATE = """
CREATE FUNCTION cases_state_needs_its_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last_target text;
BEGIN
    SELECT target INTO last_target FROM cases_step
        WHERE case_id = NEW.id AND summons_id IS NULL ORDER BY seq DESC LIMIT 1;
    IF last_target IS DISTINCT FROM (SELECT state FROM cases_case WHERE id = NEW.id) THEN
        RAISE EXCEPTION 'case % stands in a state that no step led to', NEW.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER cases_state_has_its_step AFTER INSERT OR UPDATE OF state ON cases_case
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cases_state_needs_its_step();
CREATE SEQUENCE cases_number;
"""
UNDO = """
DROP SEQUENCE cases_number;
DROP TRIGGER cases_state_has_its_step ON cases_case;
DROP FUNCTION cases_state_needs_its_step();
DROP TRIGGER cases_step_is_chained ON cases_step;
DROP FUNCTION cases_chain_step();
DROP FUNCTION cases_step_digest(text, cases_step);
"""
# What is archived is read and never written: the one way in is the step that archives it.
LOCK = """
CREATE FUNCTION cases_refuse_archived() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_case bigint;
BEGIN
    IF TG_TABLE_NAME = 'cases_case' THEN
        of_case := OLD.id;
    ELSIF TG_TABLE_NAME = 'files_photo' THEN
        IF TG_OP = 'INSERT' THEN
            of_case := NEW.subject_id;
        ELSIF OLD.subject_kind = 'case' THEN
            of_case := OLD.subject_id;
        ELSE
            of_case := NEW.subject_id;
        END IF;
    ELSIF TG_OP = 'DELETE' THEN
        of_case := OLD.case_id;
    ELSE
        of_case := NEW.case_id;
    END IF;
    IF EXISTS (SELECT 1 FROM cases_case WHERE id = of_case AND state = 'archived') THEN
        RAISE EXCEPTION 'archived: % of % is refused; case % is locked', TG_OP, TG_TABLE_NAME, of_case
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER cases_case_is_locked BEFORE UPDATE OR DELETE ON cases_case
    FOR EACH ROW WHEN (OLD.state = 'archived') EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER cases_summons_is_locked BEFORE INSERT OR UPDATE OR DELETE ON cases_summons
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER cases_photopair_is_locked BEFORE INSERT ON cases_photopair
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER cases_step_is_locked BEFORE INSERT ON cases_step
    FOR EACH ROW WHEN (NEW.verb <> 'archive') EXECUTE FUNCTION cases_refuse_archived();
CREATE UNIQUE INDEX a_case_is_archived_once ON cases_step (case_id) WHERE verb = 'archive';
CREATE TRIGGER files_photo_comes_too_late BEFORE INSERT ON files_photo
    FOR EACH ROW WHEN (NEW.subject_kind = 'case') EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER files_photo_is_locked BEFORE UPDATE ON files_photo
    FOR EACH ROW WHEN (OLD.subject_kind = 'case' OR NEW.subject_kind = 'case')
    EXECUTE FUNCTION cases_refuse_archived();
CREATE TRIGGER files_photo_stays BEFORE DELETE ON files_photo
    FOR EACH ROW WHEN (OLD.subject_kind = 'case') EXECUTE FUNCTION cases_refuse_archived();
"""
UNLOCK = """
DROP TRIGGER files_photo_stays ON files_photo;
DROP TRIGGER files_photo_is_locked ON files_photo;
DROP TRIGGER files_photo_comes_too_late ON files_photo;
DROP INDEX a_case_is_archived_once;
DROP TRIGGER cases_step_is_locked ON cases_step;
DROP TRIGGER cases_photopair_is_locked ON cases_photopair;
DROP TRIGGER cases_summons_is_locked ON cases_summons;
DROP TRIGGER cases_case_is_locked ON cases_case;
DROP FUNCTION cases_refuse_archived();
"""


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_squashed_0037"),
        ("cases", "0038_a_decline_cites_a_duty"),
        ("cases", "0039_a_case_by_function"),
    ]

    initial = True

    dependencies = [
        ("audit", "0001_squashed_0008"),
        ("accountability", "0001_squashed_0006"),
        ("changes", "0001_squashed_0002"),
        ("files", "0001_tables"),
        ("grids", "0001_tables"),
        ("people", "0001_squashed_0003"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Tables(
            [
                migrations.CreateModel(
                    name="Case",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=32)),
                        (
                            "channel",
                            models.CharField(
                                choices=[
                                    ("01", "Resident online"),
                                    ("02", "Hotline"),
                                    ("03", "Grid worker"),
                                    ("04", "Import"),
                                ],
                                max_length=2,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
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
                                    ("archived", "Archived"),
                                    ("merged", "Joined to another case"),
                                    ("transferred", "Transferred out"),
                                    ("withheld", "Kept by the district desk"),
                                ],
                                default="reported",
                                max_length=12,
                            ),
                        ),
                        (
                            "version",
                            models.PositiveIntegerField(
                                default=1, help_text="Counts the changes, for refusing stale ones"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField(default=1)),
                        ("summary", models.CharField(max_length=200)),
                        (
                            "urgency",
                            models.CharField(
                                choices=[
                                    ("extreme", "Extreme"),
                                    ("urgent", "Urgent"),
                                    ("normal", "Normal"),
                                    ("complex", "Complex"),
                                    ("consult", "Consultation"),
                                ],
                                default="normal",
                                max_length=8,
                            ),
                        ),
                        (
                            "place_code",
                            models.CharField(
                                help_text="The area's code as it was, for scoping by prefix", max_length=15
                            ),
                        ),
                        (
                            "place",
                            models.CharField(
                                blank=True,
                                help_text="Where, in words; never the resident's own address",
                                max_length=120,
                            ),
                        ),
                        ("lon", models.FloatField(help_text="WGS-84 degrees", null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("has_citizen", models.BooleanField(default=False, help_text="Somebody waits for an answer")),
                        (
                            "confidential",
                            models.BooleanField(
                                default=False,
                                help_text="Who handles it does not learn who reported it, nor their own words",
                            ),
                        ),
                        (
                            "rest",
                            models.CharField(
                                blank=True,
                                choices=[("", "Runs"), ("asked", "Pause asked for"), ("on", "Paused")],
                                default="",
                                max_length=5,
                            ),
                        ),
                        (
                            "approval",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nothing to approve"),
                                    ("before", "Before it goes out to the units"),
                                    ("desk", "Before it goes to the district desk"),
                                    ("after", "Afterwards: it could not wait"),
                                ],
                                default="",
                                max_length=6,
                            ),
                        ),
                        ("origin", models.CharField(default="live", max_length=8)),
                        ("external_number", models.CharField(blank=True, max_length=60)),
                        (
                            "due_at",
                            models.DateTimeField(
                                help_text="The soonest due moment of what runs, the promise apart", null=True
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("accepted_at", models.DateTimeField(null=True)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "archive_at",
                            models.DateTimeField(help_text="When it is locked, known from its closing on", null=True),
                        ),
                        ("kept_until", models.DateField(null=True)),
                        (
                            "area",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="grids.area",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="accountability.category",
                            ),
                        ),
                        (
                            "function",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                help_text="Beyond the list: what a department does anyway, as said in the version of that day",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="accountability.function",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="accountability.item",
                            ),
                        ),
                        (
                            "list_version",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="accountability.listversion",
                            ),
                        ),
                        (
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offices_cases",
                                to="people.unit",
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                blank=True,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="accountability.situation",
                            ),
                        ),
                    ],
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Profile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        ("name_en", models.CharField(max_length=40)),
                        (
                            "stages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12), size=None
                            ),
                        ),
                        ("basis", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["code"],
                    },
                ),
                migrations.CreateModel(
                    name="StockPhrase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("words", models.CharField(max_length=60, unique=True)),
                        ("basis", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("ground", models.CharField(max_length=1000)),
                        (
                            "bench",
                            models.CharField(
                                choices=[
                                    ("desk", "The district desk"),
                                    ("conferral", "The conferral"),
                                    ("leader", "The district leader"),
                                ],
                                default="desk",
                                max_length=10,
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        (
                            "conferred_at",
                            models.DateTimeField(help_text="Since when the conferral may read the case", null=True),
                        ),
                        (
                            "ruling",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("upheld", "Upheld: another unit is called"),
                                    ("denied", "Denied: the unit goes on"),
                                    ("withdrawn", "Withdrawn: nothing is left to decide"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=1000)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "believed",
                            models.ForeignKey(
                                help_text="The unit believed right",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        (
                            "called",
                            models.ForeignKey(
                                help_text="Called in its place",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="cases.case"
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                help_text="What it cites of the list, in the version of the case; none where the case has no item",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.duty",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                help_text="The unit that declines",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="JointAction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("meeting", "Meeting on site"), ("enforcement", "Joint enforcement on site")],
                                max_length=12,
                            ),
                        ),
                        ("place", models.CharField(max_length=120)),
                        ("meets_at", models.DateTimeField()),
                        ("plan", models.CharField(max_length=1000)),
                        ("opened_at", models.DateTimeField()),
                        (
                            "begun_at",
                            models.DateTimeField(
                                help_text="Since when the members' clocks run: when it was to meet", null=True
                            ),
                        ),
                        ("minutes", models.CharField(blank=True, max_length=1000)),
                        ("over_at", models.DateTimeField(null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="joint_actions",
                                to="cases.case",
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("merged", "Merged into it"),
                                    ("repeat", "The same again, answered there"),
                                    ("child", "A part split off from it"),
                                ],
                                max_length=6,
                            ),
                        ),
                        ("reason", models.CharField(max_length=1000)),
                        ("stood_at", models.CharField(help_text="The state of the child before", max_length=12)),
                        (
                            "brought_citizen",
                            models.BooleanField(
                                default=False, help_text="Only by this link somebody waits for the main's answer"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("undone_at", models.DateTimeField(null=True)),
                        ("undone_reason", models.CharField(blank=True, max_length=1000)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="links_up", to="cases.case"
                            ),
                        ),
                        (
                            "main",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="links_down", to="cases.case"
                            ),
                        ),
                        (
                            "undone_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Outlet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        ("name_en", models.CharField(max_length=60)),
                        (
                            "discreet",
                            models.BooleanField(
                                default=False,
                                help_text="What goes there is hidden from everybody who serves the place or handles cases",
                            ),
                        ),
                        ("since", models.DateField(help_text="From which day on it may be chosen")),
                        ("basis", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["discreet", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("basis", ""), _negated=True), name="an_outlet_names_its_basis"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PairRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("metres", models.PositiveSmallIntegerField()),
                        ("basis", models.CharField(max_length=200)),
                        ("since", models.DateField(unique=True)),
                    ],
                    options={
                        "ordering": ["-since"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("metres__gt", 0), models.Q(("basis", ""), _negated=True)),
                                name="a_pair_rule_says_how_far_and_why",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhotoPair",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "own",
                            models.BooleanField(
                                help_text="Whether whoever inspected took the second photo; else the unit did"
                            ),
                        ),
                        (
                            "metres",
                            models.PositiveIntegerField(
                                help_text="Between both, where both say where they were taken", null=True
                            ),
                        ),
                        (
                            "far",
                            models.BooleanField(
                                default=False, help_text="Whether that was more than the rule of the day allows"
                            ),
                        ),
                        (
                            "why",
                            models.CharField(
                                blank=True, help_text="Asked for where it is far or not their own", max_length=300
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "after",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.photo"
                            ),
                        ),
                        (
                            "before",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.photo"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="photo_pairs", to="cases.case"
                            ),
                        ),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Precedent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "place_kind",
                            models.CharField(
                                choices=[
                                    ("district", "District"),
                                    ("street", "Street"),
                                    ("community", "Community"),
                                    ("grid", "Grid"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("words", models.CharField(max_length=1000)),
                        (
                            "bench",
                            models.CharField(
                                choices=[
                                    ("desk", "The district desk"),
                                    ("conferral", "The conferral"),
                                    ("leader", "The district leader"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("ruled_at", models.DateTimeField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="precedents", to="cases.case"
                            ),
                        ),
                        (
                            "dispute",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="precedent",
                                to="cases.dispute",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="precedents",
                                to="accountability.item",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                help_text="Whose matter it was found to be",
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.AddField(
                    model_name="case",
                    name="profile",
                    field=models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.profile",
                    ),
                ),
                migrations.CreateModel(
                    name="Proposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("wish", models.CharField(help_text="What the list shall say", max_length=1000)),
                        ("reason", models.CharField(max_length=1000)),
                        ("made_at", models.DateTimeField()),
                        (
                            "upshot",
                            models.CharField(
                                blank=True, choices=[("taken", "Taken up"), ("refused", "Not taken up")], max_length=8
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        ("decided_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("cases", models.ManyToManyField(related_name="proposals", to="cases.case")),
                        (
                            "decided_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                help_text="Empty: something the list does not have",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="accountability.item",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                help_text="The unit of that moment",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Repeat",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("place_code", models.CharField(max_length=15)),
                        ("count", models.PositiveSmallIntegerField()),
                        ("told_at", models.DateTimeField()),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="repeat", to="cases.case"
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accountability.item"
                            ),
                        ),
                        (
                            "rung",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accountability.rung"
                            ),
                        ),
                        (
                            "situation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.situation",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="ReplyTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(default=cases.models.template.new_code, max_length=32, unique=True)),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("open", "Report"),
                                    ("place", "Hand to a street"),
                                    ("accept", "Accept"),
                                    ("turn_down", "Turn down"),
                                    ("undo", "Undo what was just done"),
                                    ("merge", "Merge into another case"),
                                    ("unmerge", "Take out again"),
                                    ("take_in", "Another case is merged into it"),
                                    ("give_back", "A merged case is taken out"),
                                    ("repeat", "Answer as the same again"),
                                    ("split", "Split off a part"),
                                    ("transfer", "Transfer out"),
                                    ("get_back", "Take it back from outside"),
                                    ("self_handle", "Settle ourselves"),
                                    ("whistle", "Blow the whistle"),
                                    ("ask_desk", "Whistle through the district desk"),
                                    ("ask_leader", "Whistle with the leader's approval"),
                                    ("approve", "Approve the whistle"),
                                    ("pass_up", "Approve it for the district desk"),
                                    ("reject", "Do not approve the whistle"),
                                    ("confirm", "Approve the whistle afterwards"),
                                    ("object", "Object to the whistle"),
                                    ("dispatch", "Send to the units"),
                                    ("withdraw", "Withdraw the whistle"),
                                    ("send_back", "Send back to the street"),
                                    ("summon", "Summon"),
                                    ("sign", "Sign"),
                                    ("respond", "Log first contact"),
                                    ("arrive", "Log arrival"),
                                    ("reply", "Reply"),
                                    ("claim", "Take in hand"),
                                    ("assign", "Give to a colleague"),
                                    ("hand_over", "Hand over"),
                                    ("hand_up", "Hand up a level"),
                                    ("take_back", "Take back"),
                                    ("hand_on", "Give to another level"),
                                    ("reach", "Log a milestone"),
                                    ("extend", "Extend"),
                                    ("pause", "Ask for a pause"),
                                    ("shelve", "Ask to shelve it"),
                                    ("allow", "Allow the pause"),
                                    ("disallow", "Do not allow it"),
                                    ("resume", "Take it up again"),
                                    ("decline", "Decline"),
                                    ("uphold", "Uphold, and call another unit"),
                                    ("deny", "Deny: the unit goes on"),
                                    ("confer", "Put before the conferral"),
                                    ("refer", "Put before the district leader"),
                                    ("convene", "Open a joint action"),
                                    ("attend", "Sign in on the spot"),
                                    ("outcome", "Give the unit's result"),
                                    ("let_go", "Agree that it leaves"),
                                    ("conclude", "Write the minutes and end it"),
                                    ("recall", "Send this unit back"),
                                    ("excuse", "Excuse this unit"),
                                    ("release", "Release"),
                                    ("settle", "All have replied"),
                                    ("pass", "Inspection passed"),
                                    ("rework", "Send back for rework"),
                                    ("miss", "Call not answered"),
                                    ("hear", "One of several asked"),
                                    ("call_back", "Call back"),
                                    ("rate", "Rate"),
                                    ("ask_again", "Have them asked again"),
                                    ("close", "Close"),
                                    ("reopen", "Open it again"),
                                    ("archive", "Archive"),
                                    ("come_back", "The resident opens it again"),
                                    ("conceal", "Make it confidential"),
                                    ("unveil", "Lift the confidentiality"),
                                    ("lapse", "Overdue"),
                                    ("remind", "Reminder"),
                                    ("yellow", "Yellow card"),
                                    ("red", "Red card"),
                                    ("escalate", "Told to the district leader"),
                                    ("order", "Issue an order"),
                                    ("answer", "Answer the order"),
                                    ("return", "Return the answer"),
                                    ("close_order", "Close the order"),
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
                                    ("archived", "Archived"),
                                    ("merged", "Joined to another case"),
                                    ("transferred", "Transferred out"),
                                    ("withheld", "Kept by the district desk"),
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
                        (
                            "text",
                            models.CharField(help_text="With gaps like {place}, filled from the case", max_length=600),
                        ),
                        ("basis", models.CharField(blank=True, max_length=300)),
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
                            "change",
                            models.ForeignKey(
                                help_text="What wrote it last",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="changes.change",
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
                    },
                ),
                migrations.CreateModel(
                    name="Retention",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=20, unique=True)),
                        ("name", models.CharField(max_length=40)),
                        ("name_en", models.CharField(max_length=40)),
                        ("order", models.PositiveSmallIntegerField(unique=True)),
                        ("confidential", models.BooleanField(default=False, help_text="Only confidential cases")),
                        (
                            "categories",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "urgencies",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=8), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "archive_days",
                            models.PositiveSmallIntegerField(help_text="Days from the closing until it is locked"),
                        ),
                        (
                            "keep_years",
                            models.PositiveSmallIntegerField(
                                help_text="Years from the closing during which it is kept"
                            ),
                        ),
                        ("basis", models.CharField(max_length=200)),
                    ],
                    options={
                        "ordering": ["order"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("basis", ""), _negated=True), name="a_retention_names_its_basis"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("archive_days__gt", 0), ("keep_years__gt", 0)),
                                name="a_retention_lasts",
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="case",
                    name="retention",
                    field=models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="cases.retention",
                    ),
                ),
                migrations.CreateModel(
                    name="SituationWeek",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("week", models.DateField(help_text="The Monday of the local week")),
                        ("place_code", models.CharField(max_length=15)),
                        ("number", models.IntegerField()),
                        ("folded", models.BooleanField(default=False)),
                        (
                            "situation",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.situation",
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="Summons",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("called", "Called by whistle"),
                                    ("grid", "By the grid"),
                                    ("community", "By the community"),
                                    ("street", "By the street"),
                                    ("station", "By a station of the street"),
                                ],
                                default="called",
                                max_length=10,
                            ),
                        ),
                        ("leads", models.BooleanField(default=False)),
                        (
                            "reason",
                            models.CharField(
                                blank=True, help_text="Why this unit, where the list does not say so", max_length=300
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("sent", "To be signed"),
                                    ("signed", "Signed"),
                                    ("responded", "Contact made"),
                                    ("arrived", "Arrived"),
                                    ("replied", "Replied"),
                                    ("released", "Released"),
                                ],
                                default="sent",
                                max_length=10,
                            ),
                        ),
                        ("called_at", models.DateTimeField()),
                        (
                            "rest",
                            models.CharField(
                                blank=True,
                                choices=[("", "Runs"), ("asked", "Pause asked for"), ("on", "Paused")],
                                default="",
                                max_length=5,
                            ),
                        ),
                        ("extended_times", models.PositiveSmallIntegerField(default=0)),
                        ("extended_days", models.PositiveSmallIntegerField(default=0)),
                        ("paused_days", models.PositiveSmallIntegerField(default=0)),
                        (
                            "parts_left",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="Milestones that are not reached yet"
                            ),
                        ),
                        (
                            "to_answer",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="Orders that wait for the unit's answer"
                            ),
                        ),
                        (
                            "to_judge",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="Answered orders that wait for an inspector"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="summonses", to="cases.case"
                            ),
                        ),
                        (
                            "duty",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summonses",
                                to="accountability.duty",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summonses",
                                to="people.unit",
                            ),
                        ),
                        (
                            "worker",
                            models.ForeignKey(
                                help_text="Who has it in hand: the person of the place whom the street named, or one of the unit",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="summonses",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "summonses",
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Step",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seq",
                            models.PositiveIntegerField(
                                default=0, help_text="Its place in the case's chain, set by the database"
                            ),
                        ),
                        (
                            "verb",
                            models.CharField(
                                choices=[
                                    ("open", "Report"),
                                    ("place", "Hand to a street"),
                                    ("accept", "Accept"),
                                    ("turn_down", "Turn down"),
                                    ("undo", "Undo what was just done"),
                                    ("merge", "Merge into another case"),
                                    ("unmerge", "Take out again"),
                                    ("take_in", "Another case is merged into it"),
                                    ("give_back", "A merged case is taken out"),
                                    ("repeat", "Answer as the same again"),
                                    ("split", "Split off a part"),
                                    ("transfer", "Transfer out"),
                                    ("get_back", "Take it back from outside"),
                                    ("self_handle", "Settle ourselves"),
                                    ("whistle", "Blow the whistle"),
                                    ("ask_desk", "Whistle through the district desk"),
                                    ("ask_leader", "Whistle with the leader's approval"),
                                    ("approve", "Approve the whistle"),
                                    ("pass_up", "Approve it for the district desk"),
                                    ("reject", "Do not approve the whistle"),
                                    ("confirm", "Approve the whistle afterwards"),
                                    ("object", "Object to the whistle"),
                                    ("dispatch", "Send to the units"),
                                    ("withdraw", "Withdraw the whistle"),
                                    ("send_back", "Send back to the street"),
                                    ("summon", "Summon"),
                                    ("sign", "Sign"),
                                    ("respond", "Log first contact"),
                                    ("arrive", "Log arrival"),
                                    ("reply", "Reply"),
                                    ("claim", "Take in hand"),
                                    ("assign", "Give to a colleague"),
                                    ("hand_over", "Hand over"),
                                    ("hand_up", "Hand up a level"),
                                    ("take_back", "Take back"),
                                    ("hand_on", "Give to another level"),
                                    ("reach", "Log a milestone"),
                                    ("extend", "Extend"),
                                    ("pause", "Ask for a pause"),
                                    ("shelve", "Ask to shelve it"),
                                    ("allow", "Allow the pause"),
                                    ("disallow", "Do not allow it"),
                                    ("resume", "Take it up again"),
                                    ("decline", "Decline"),
                                    ("uphold", "Uphold, and call another unit"),
                                    ("deny", "Deny: the unit goes on"),
                                    ("confer", "Put before the conferral"),
                                    ("refer", "Put before the district leader"),
                                    ("convene", "Open a joint action"),
                                    ("attend", "Sign in on the spot"),
                                    ("outcome", "Give the unit's result"),
                                    ("let_go", "Agree that it leaves"),
                                    ("conclude", "Write the minutes and end it"),
                                    ("recall", "Send this unit back"),
                                    ("excuse", "Excuse this unit"),
                                    ("release", "Release"),
                                    ("settle", "All have replied"),
                                    ("pass", "Inspection passed"),
                                    ("rework", "Send back for rework"),
                                    ("miss", "Call not answered"),
                                    ("hear", "One of several asked"),
                                    ("call_back", "Call back"),
                                    ("rate", "Rate"),
                                    ("ask_again", "Have them asked again"),
                                    ("close", "Close"),
                                    ("reopen", "Open it again"),
                                    ("archive", "Archive"),
                                    ("come_back", "The resident opens it again"),
                                    ("conceal", "Make it confidential"),
                                    ("unveil", "Lift the confidentiality"),
                                    ("lapse", "Overdue"),
                                    ("remind", "Reminder"),
                                    ("yellow", "Yellow card"),
                                    ("red", "Red card"),
                                    ("escalate", "Told to the district leader"),
                                    ("order", "Issue an order"),
                                    ("answer", "Answer the order"),
                                    ("return", "Return the answer"),
                                    ("close_order", "Close the order"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=12)),
                        ("target", models.CharField(max_length=12)),
                        ("note", models.TextField(blank=True)),
                        ("facts", models.JSONField(default=dict)),
                        (
                            "origin",
                            models.CharField(
                                choices=[
                                    ("live", "Live"),
                                    ("import", "Import"),
                                    ("demo", "Demo"),
                                    ("offline", "Captured offline"),
                                ],
                                default="live",
                                max_length=8,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        (
                            "chain",
                            models.CharField(
                                default="", help_text="sha256 over the step before and this row", max_length=64
                            ),
                        ),
                        (
                            "actor",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="cases.case",
                            ),
                        ),
                        (
                            "list_version",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.listversion",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="people.unit",
                            ),
                        ),
                        (
                            "summons",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="steps",
                                to="cases.summons",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["case", "seq"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Pause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=1000)),
                        ("plan", models.CharField(blank=True, max_length=1000)),
                        ("until", models.DateTimeField(help_text="It ends by itself then, if not before")),
                        (
                            "days",
                            models.PositiveSmallIntegerField(
                                help_text="Working days that it takes, counted when it was asked for"
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("allowed_at", models.DateTimeField(null=True)),
                        (
                            "over_at",
                            models.DateTimeField(help_text="Ended, or refused where nobody allowed it", null=True),
                        ),
                        (
                            "allowed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "allowed_unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "asked_unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="pauses", to="cases.case"
                            ),
                        ),
                        (
                            "leader",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "summons",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pauses",
                                to="cases.summons",
                            ),
                        ),
                    ],
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cause",
                            models.CharField(
                                choices=[
                                    ("overdue", "The reply is overdue"),
                                    ("rework", "Sent back for rework again and again"),
                                    ("dissatisfied", "Dissatisfied after rework"),
                                    ("by_hand", "Issued by the inspector"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("round", models.PositiveSmallIntegerField()),
                        (
                            "demand",
                            models.CharField(
                                blank=True, help_text="An inspector's words; the ladder's are ASKS", max_length=1000
                            ),
                        ),
                        ("issued_at", models.DateTimeField()),
                        ("answer", models.CharField(blank=True, max_length=1000)),
                        (
                            "answered_at",
                            models.DateTimeField(help_text="Empty while the unit's answer is awaited", null=True),
                        ),
                        (
                            "returned",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="How often the answer was not enough"
                            ),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("remedied", "Put right"),
                                    ("not_remedied", "Not put right; the unit is named for it"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.CharField(blank=True, max_length=1000)),
                        ("closed_at", models.DateTimeField(null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="cases.case"
                            ),
                        ),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rung",
                            models.ForeignKey(
                                help_text="What led to it",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.rung",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="people.unit"
                            ),
                        ),
                        (
                            "summons",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="orders", to="cases.summons"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="JointMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("leads", models.BooleanField(default=False)),
                        ("signed_in_at", models.DateTimeField(null=True)),
                        ("who", models.CharField(blank=True, max_length=60)),
                        ("people", models.PositiveSmallIntegerField(null=True)),
                        (
                            "proof",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("code", "by the street's code"),
                                    ("place", "by place and time"),
                                    ("said", "said by the unit itself"),
                                ],
                                max_length=5,
                            ),
                        ),
                        (
                            "metres",
                            models.PositiveIntegerField(
                                help_text="From the point of the case, where both are known", null=True
                            ),
                        ),
                        ("result", models.CharField(blank=True, max_length=1000)),
                        ("result_at", models.DateTimeField(null=True)),
                        (
                            "silent_at",
                            models.DateTimeField(
                                help_text="When its result was due, where none had come by then", null=True
                            ),
                        ),
                        ("let_go_at", models.DateTimeField(null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="joint_members",
                                to="cases.case",
                            ),
                        ),
                        (
                            "joint",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="cases.jointaction",
                            ),
                        ),
                        (
                            "summons",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="joint_parts",
                                to="cases.summons",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.AddField(
                    model_name="dispute",
                    name="summons",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="cases.summons"
                    ),
                ),
                migrations.CreateModel(
                    name="Transfer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reason", models.CharField(max_length=1000)),
                        ("stood_at", models.CharField(help_text="The state of the case before", max_length=12)),
                        ("at", models.DateTimeField()),
                        ("back_at", models.DateTimeField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="cases.case"
                            ),
                        ),
                        (
                            "outlet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="cases.outlet"
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["pk"],
                    },
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="Whistle",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("prominent", "Residents press it and the street cannot solve it"),
                                    ("enforcement", "Joint enforcement"),
                                    ("emergency", "Emergency"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("first_action", models.CharField(max_length=1000)),
                        (
                            "wanted",
                            models.JSONField(
                                default=list, help_text="The units asked for: unit code, lead or not, reason"
                            ),
                        ),
                        ("blown_at", models.DateTimeField()),
                        ("sent_at", models.DateTimeField(null=True)),
                        ("sent_back_at", models.DateTimeField(null=True)),
                        (
                            "withdrawn_at",
                            models.DateTimeField(
                                help_text="By the street itself, before anybody had signed", null=True
                            ),
                        ),
                        (
                            "approval",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "Nothing to approve"),
                                    ("before", "Before it goes out to the units"),
                                    ("desk", "Before it goes to the district desk"),
                                    ("after", "Afterwards: it could not wait"),
                                ],
                                default="",
                                max_length=6,
                            ),
                        ),
                        (
                            "judged_at",
                            models.DateTimeField(help_text="When the street's leader said yes or no", null=True),
                        ),
                        ("approved", models.BooleanField(null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="whistles", to="cases.case"
                            ),
                        ),
                        (
                            "judged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "street",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="whistles", to="people.unit"
                            ),
                        ),
                    ],
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.AddField(
                    model_name="summons",
                    name="whistle",
                    field=models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="summonses",
                        to="cases.whistle",
                    ),
                ),
                migrations.CreateModel(
                    name="Wording",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "digest",
                            models.CharField(
                                help_text="sha256 of the words without blanks, figures and punctuation", max_length=64
                            ),
                        ),
                        ("cases", models.PositiveIntegerField(default=1)),
                        (
                            "last_case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"
                            ),
                        ),
                    ],
                ),
                migrations.CreateModel(
                    name="WrongCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="wrong_codes", to="cases.case"
                            ),
                        ),
                        (
                            "summons",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="wrong_codes",
                                to="cases.summons",
                            ),
                        ),
                    ],
                    bases=(audit.labels.Labelled, models.Model),
                ),
                migrations.CreateModel(
                    name="CaseTerms",
                    fields=[
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                primary_key=True,
                                related_name="terms",
                                serialize=False,
                                to="cases.case",
                            ),
                        ),
                        ("terms", django.contrib.postgres.search.SearchVectorField()),
                    ],
                    options={
                        "verbose_name_plural": "case terms",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["terms"], gin_pending_list_limit=256, name="cases_by_terms"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaseDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(help_text="The local day")),
                        (
                            "what",
                            models.CharField(
                                choices=[
                                    ("opened", "Reported"),
                                    ("called", "Called"),
                                    ("closed", "Closed"),
                                    ("turned_down", "Turned down"),
                                    ("reopened", "Opened again"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "street_code",
                            models.CharField(
                                help_text="Of the street, or the district's where none is known", max_length=9
                            ),
                        ),
                        ("number", models.IntegerField()),
                        ("folded", models.BooleanField(default=False)),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="accountability.category",
                            ),
                        ),
                        (
                            "unit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="people.unit",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("folded", False)), fields=["id"], name="case_days_to_fold"
                            ),
                            models.Index(fields=["unit", "day"], name="case_days_by_unit"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("folded", True)),
                                fields=("day", "what", "street_code", "category", "unit"),
                                name="one_folded_row_a_day_of_cases",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="jointaction",
                    index=models.Index(
                        condition=models.Q(("begun_at", None), ("over_at", None)),
                        fields=["meets_at"],
                        name="joint_actions_to_begin",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="jointaction",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("over_at", None)), fields=("case",), name="one_joint_action_at_a_time"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="jointaction",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("minutes", ""), ("over_at", None)),
                            models.Q(("over_at__isnull", False), models.Q(("minutes", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_joint_action_ends_with_minutes",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("child",), name="a_case_hangs_on_one_other"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("child", models.F("main")), _negated=True), name="no_case_hangs_on_itself"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="link",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("undone_at", None), ("undone_by", None)),
                            models.Q(("undone_at__isnull", False), ("undone_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="whoever_undoes_a_link_is_known",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="photopair",
                    constraint=models.UniqueConstraint(
                        fields=("case", "round"), name="a_round_is_passed_with_one_pair"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="photopair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("before", models.F("after")), _negated=True), name="a_pair_is_of_two_photos"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="photopair",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("far", False), ("own", True)),
                            models.Q(("why", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_doubtful_pair_says_why",
                    ),
                ),
                migrations.AddIndex(
                    model_name="precedent",
                    index=models.Index(fields=["item", "place_kind", "-id"], name="precedents_by_item_and_place"),
                ),
                migrations.AddIndex(
                    model_name="proposal",
                    index=models.Index(condition=models.Q(("upshot", "")), fields=["-id"], name="proposals_open"),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("upshot", "")), fields=("by", "item"), name="nobody_wishes_the_same_twice"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("by")), _negated=True),
                        name="nobody_decides_their_own_proposal",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="proposal",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("decided_at", None), ("decided_by", None), ("upshot", "")),
                            models.Q(
                                models.Q(("upshot", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_proposal_is_decided_with_reasons",
                    ),
                ),
                migrations.AddIndex(
                    model_name="replytemplate",
                    index=models.Index(
                        condition=models.Q(("retired_at", None)), fields=["verb"], name="reply_templates_in_use"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        fields=["place_code", "-id"],
                        name="cases_by_place",
                        opclasses=["varchar_pattern_ops", "int8_ops"],
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(
                            ("state__in", ["closed", "turned_down", "merged", "archived", "transferred", "withheld"]),
                            _negated=True,
                        ),
                        fields=["state", "-id"],
                        name="cases_open",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(
                            ("state__in", ["closed", "turned_down", "merged", "archived", "transferred", "withheld"]),
                            _negated=True,
                        ),
                        fields=["-id"],
                        name="cases_open_newest",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(
                            ("state__in", ["closed", "turned_down", "merged", "archived", "transferred", "withheld"]),
                            _negated=True,
                        ),
                        fields=["due_at", "id"],
                        include=("state", "place_code"),
                        name="cases_open_by_due",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(
                            ("state__in", ["closed", "turned_down", "merged", "archived", "transferred", "withheld"]),
                            _negated=True,
                        ),
                        fields=["lon", "lat"],
                        name="cases_open_by_point",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("approval", ""), _negated=True),
                        fields=["place_code"],
                        name="cases_to_approve",
                        opclasses=["varchar_pattern_ops"],
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["category", "-id"], name="cases_by_category"),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["opened_at"], name="cases_by_opening"),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("closed_at__isnull", False)), fields=["closed_at"], name="cases_by_closing"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("state", "closed")), fields=["archive_at"], name="cases_to_archive"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(fields=["item", "-id"], name="cases_by_item"),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("function__isnull", False)),
                        fields=["function", "-id"],
                        name="cases_by_function",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("accepted_at__isnull", False), ("item__isnull", False)),
                        fields=["place_code", "item", "accepted_at"],
                        name="cases_repeated",
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        condition=models.Q(("confidential", True)), fields=["id"], name="cases_confidential"
                    ),
                ),
                migrations.AddIndex(
                    model_name="case",
                    index=models.Index(
                        django.db.models.functions.comparison.Collate(
                            django.db.models.functions.text.Reverse("number"), "C"
                        ),
                        name="cases_by_end_of_number",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.UniqueConstraint(fields=("number",), name="a_case_number_is_given_once"),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("item", None), ("function", None), _connector="OR"),
                        name="a_case_goes_by_an_item_or_a_function",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="case",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("external_number", ""), _negated=True),
                        fields=("external_number",),
                        name="an_external_number_comes_in_once",
                    ),
                ),
                migrations.AddIndex(
                    model_name="situationweek",
                    index=models.Index(
                        condition=models.Q(("folded", False)), fields=["id"], name="situation_weeks_to_fold"
                    ),
                ),
                migrations.AddIndex(
                    model_name="situationweek",
                    index=models.Index(fields=["place_code", "week"], name="situation_weeks_by_place"),
                ),
                migrations.AddConstraint(
                    model_name="situationweek",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("folded", True)),
                        fields=("place_code", "week", "situation"),
                        name="one_folded_row_a_week_of_a_situation",
                    ),
                ),
                migrations.AddIndex(
                    model_name="step",
                    index=models.Index(fields=["actor", "-at"], name="steps_by_actor"),
                ),
                migrations.AddConstraint(
                    model_name="step",
                    constraint=models.UniqueConstraint(fields=("case", "seq"), name="steps_of_a_case_are_numbered"),
                ),
                migrations.AddIndex(
                    model_name="pause",
                    index=models.Index(
                        condition=models.Q(("allowed_at__isnull", False), ("over_at", None)),
                        fields=["until"],
                        name="pauses_to_end",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("over_at", None)),
                        fields=("case", "summons"),
                        name="one_pause_at_a_time",
                        nulls_distinct=False,
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("allowed_unit", None),
                            models.Q(("allowed_unit", models.F("asked_unit")), _negated=True),
                            _connector="OR",
                        ),
                        name="another_unit_allows_a_pause",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="pause",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("summons__isnull", False),
                            models.Q(models.Q(("plan", ""), _negated=True), ("leader__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_is_shelved_has_a_plan_and_a_leader",
                    ),
                ),
                migrations.AddIndex(
                    model_name="order",
                    index=models.Index(
                        condition=models.Q(("closed_at", None)), fields=["issued_at", "id"], name="orders_open"
                    ),
                ),
                migrations.AddIndex(
                    model_name="order",
                    index=models.Index(
                        condition=models.Q(("answered_at__isnull", False), ("closed_at", None)),
                        fields=["answered_at", "id"],
                        name="orders_to_judge",
                    ),
                ),
                migrations.AddIndex(
                    model_name="order",
                    index=models.Index(
                        condition=models.Q(("answered_at", None), ("closed_at", None)),
                        fields=["unit"],
                        name="orders_to_answer",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="order",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("closed_at", None)),
                        fields=("case", "unit", "cause"),
                        name="one_open_order_per_unit_and_cause",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="order",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("cause", "by_hand"), _negated=True),
                        fields=("summons", "cause", "round"),
                        name="the_ladder_orders_once_a_round",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="order",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at", None), ("closed_by", None), ("verdict", "")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("closed_at__isnull", False),
                                ("closed_by__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_closed_order_was_answered_and_has_a_verdict",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="order",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cause", "by_hand"), ("issued_by__isnull", False)),
                            models.Q(("cause", "by_hand"), _negated=True),
                            _connector="OR",
                        ),
                        name="an_order_by_hand_has_a_hand",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="jointmember",
                    constraint=models.UniqueConstraint(fields=("joint", "summons"), name="a_unit_is_a_member_once"),
                ),
                migrations.AddConstraint(
                    model_name="jointmember",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("leads", True)), fields=("joint",), name="one_unit_leads_a_joint_action"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="jointmember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("result_at", None), ("signed_in_at__isnull", False), _connector="OR"),
                        name="a_result_follows_a_sign_in",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="jointmember",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("signed_in_at", None), models.Q(("proof", ""), _negated=True), _connector="OR"
                        ),
                        name="a_sign_in_says_how_it_is_known",
                    ),
                ),
                migrations.AddIndex(
                    model_name="dispute",
                    index=models.Index(
                        condition=models.Q(("decided_at", None)),
                        fields=["bench", "raised_at"],
                        name="disputes_open_by_bench",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.UniqueConstraint(fields=("case", "unit"), name="a_unit_declines_a_case_once"),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at", None), ("ruling", "")),
                            models.Q(("decided_at__isnull", False), models.Q(("ruling", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_decided_dispute_has_a_ruling",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="dispute",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("called__isnull", False), ("ruling", "upheld")),
                            models.Q(models.Q(("ruling", "upheld"), _negated=True), ("called", None)),
                            _connector="OR",
                        ),
                        name="an_upheld_dispute_calls_another_unit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfer",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("back_at", None)), fields=("case",), name="a_case_is_in_one_place"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="transfer",
                    constraint=models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_transfer_has_a_reason"
                    ),
                ),
                migrations.AddIndex(
                    model_name="whistle",
                    index=models.Index(fields=["blown_at"], name="whistles_by_blowing"),
                ),
                migrations.AddConstraint(
                    model_name="whistle",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("sent_at", None), ("sent_back_at", None)),
                        fields=("case",),
                        name="one_whistle_waits_per_case",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="whistle",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved", None), ("judged_at", None), ("judged_by", None)),
                            models.Q(
                                ("approved__isnull", False),
                                ("judged_at__isnull", False),
                                ("judged_by__isnull", False),
                                models.Q(("judged_by", models.F("by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="another_person_approves_a_whistle",
                    ),
                ),
                migrations.AddIndex(
                    model_name="summons",
                    index=models.Index(fields=["unit", "-id"], name="summonses_by_unit"),
                ),
                migrations.AddConstraint(
                    model_name="summons",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("state", "released"), _negated=True),
                        fields=("case", "unit"),
                        name="one_open_summons_per_case_and_unit",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="summons",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("leads", True), models.Q(("state", "released"), _negated=True)),
                        fields=("case",),
                        name="one_unit_leads_a_case",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="wording",
                    constraint=models.UniqueConstraint(fields=("unit", "digest"), name="wordings_are_counted_once"),
                ),
                migrations.AddIndex(
                    model_name="wrongcode",
                    index=models.Index(fields=["summons", "at"], name="wrong_codes_by_summons"),
                ),
            ]
        ),
        migrations.RunSQL(DIGEST + CHAIN + STATE, UNDO),
        seal("cases_step"),
        seal("cases_photopair"),
        migrations.RunSQL(LOCK, UNLOCK),
    ]

"""What was loaded or changed before lists had kinds: one kind, days that follow one another, and the seals."""

import hashlib
import json

from django.db import migrations

SAID = ("title", "area", "street_led", "legal_basis", "evidence", "limit", "closing_test")


def seal(apps, schema_editor):
    """As `accountability/seals.py` wrote them when this migration was made."""
    versions = list(apps.get_model("accountability", "ListVersion").objects.order_by("number"))
    if not versions:
        return
    kind, _made = apps.get_model("accountability", "ListKind").objects.get_or_create(
        code="2019",
        defaults={
            "name": "“属地管理”事项责任清单", "name_en": "List of shared duties", "calls": True, "order": 10,
            "basis": "2019-11-21新闻发布会：区里编制81项“属地管理”事项责任清单，动态调整",
        },
    )  # fmt: skip
    chain = ""
    for version, until in zip(versions, [one.in_force_from for one in versions[1:]] + [None], strict=True):
        version.kind, version.in_force_until = kind, until
        version.digest = hashed(sorted(of_items(apps, version).items()))
        named = [kind.pk, version.number, str(version.in_force_from), version.label, version.basis]
        version.chain = chain = hashed([chain, *named, version.reference, version.digest])
        version.save()


def of_items(apps, version):
    duties = {}
    rows = apps.get_model("accountability", "Duty").objects.filter(item_version__version=version)
    for one in rows.order_by("kind", "order", "pk"):
        told = [one.kind, one.party, one.unit_id, one.party_name, one.text]
        duties.setdefault(one.item_version_id, []).append(told)
    found = {}
    for row in apps.get_model("accountability", "ItemVersion").objects.filter(version=version).select_related("item"):
        words = {name: getattr(row, name) for name in SAID}
        row.digest = hashed({**words, "basis_from": "", "basis_until": "", "duties": duties.get(row.pk, [])})
        row.save(update_fields=["digest"])
        found[row.item.code] = row.digest
    return found


def hashed(told):
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [("accountability", "0017_kinds_and_drafts_of_lists")]

    operations = [migrations.RunPython(seal, migrations.RunPython.noop)]

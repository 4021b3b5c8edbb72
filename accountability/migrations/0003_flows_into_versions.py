"""What was written of flows before goes into every version of the list that it held for, and these are sealed anew."""

import hashlib
import json

from django.db import migrations

SAID = ("title", "area", "street_led", "legal_basis", "evidence", "limit", "closing_test")
OF_STEP = ("key", "name", "who", "line", "stage", "limit", "document", "onward")


def into_versions(apps, schema_editor):
    """The newest flow of an item that held on the version's first day; drafts take the newest of all."""
    steps = apps.get_model("accountability", "FlowStep").objects
    old = list(steps.order_by("item", "since", "order"))
    if not old:
        return
    rows = apps.get_model("accountability", "ItemVersion").objects.select_related("version", "item")
    for said in rows.filter(item__in={step.item_id for step in old}):
        day = said.version.in_force_from
        mine = [step for step in old if step.item_id == said.item_id and (day is None or step.since <= day)]
        newest = [step for step in mine if step.since == mine[-1].since]
        if newest:
            _write(apps, said, newest)
    steps.filter(pk__in=[step.pk for step in old]).delete()
    _seal(apps)


def _write(apps, said, steps):
    told = [[getattr(step, name) for name in OF_STEP] for step in steps]
    basis = steps[0].basis
    flow = apps.get_model("accountability", "WrittenFlow").objects.create(
        item_version=said, basis=basis, digest=_hashed([basis, *told])
    )
    model = apps.get_model("accountability", "FlowStep")
    for order, one in enumerate(steps, 1):
        words = {name: getattr(one, name) for name in OF_STEP}
        model.objects.create(flow=flow, item_id=one.item_id, since=None, order=order, basis="", **words)
    said.digest = _of_item(apps, said, flow.digest)
    said.save(update_fields=["digest"])


def _of_item(apps, said, flow):
    """As `accountability/seals.py` wrote it when this migration was made."""
    duties = apps.get_model("accountability", "Duty").objects.filter(item_version=said).order_by("kind", "order", "pk")
    told = [[one.kind, one.party, one.unit_id, one.party_name, one.text] for one in duties]
    words = {name: getattr(said, name) for name in SAID}
    days = {name: str(getattr(said, name) or "") for name in ("basis_from", "basis_until")}
    return _hashed({**words, **days, "duties": told, "flow": flow})


def _seal(apps):
    """The versions anew, one after the other, and the digests by which changes name them."""
    model = apps.get_model("accountability", "ListVersion")
    items = apps.get_model("accountability", "ItemVersion").objects
    now, chains = {}, {}
    for version in model.objects.exclude(number=None).order_by("kind", "number"):
        version.digest = _hashed(sorted(items.filter(version=version).values_list("item__code", "digest")))
        named = [version.kind_id, version.number, str(version.in_force_from), version.label, version.basis]
        version.chain = _hashed([chains.get(version.kind_id, ""), *named, version.reference, version.digest])
        version.save(update_fields=["digest", "chain"])
        now[version.pk], chains[version.kind_id] = version.digest, version.chain
    for version in model.objects.filter(number=None):
        now[version.pk] = _hashed(sorted(items.filter(version=version).values_list("item__code", "digest")))
    for change in apps.get_model("changes", "Change").objects.filter(kind="list"):
        for row in [*change.before.get("versions", []), *change.after.get("versions", [])]:
            row["digest"] = now.get(row["version"], row["digest"])
        change.save(update_fields=["before", "after"])


def _hashed(told):
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [("accountability", "0002_flows_of_versions")]

    operations = [migrations.RunPython(into_versions, migrations.RunPython.noop)]

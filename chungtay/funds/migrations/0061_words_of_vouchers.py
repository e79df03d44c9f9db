"""What was booked before is searched like what is booked from now on; campaigns get the version that they stand in."""

from datetime import datetime

from django.db import migrations
from django.utils.timezone import make_aware

from chungtay.kernel.folding import fold

AT_ONCE = 2_000
LONGEST = 1200


def write_words(apps, schema_editor):
    alias = schema_editor.connection.alias
    voucher_model, words = apps.get_model("funds", "Voucher"), apps.get_model("funds", "VoucherWords")
    said = voucher_model.objects.using(alias).filter(words=None).order_by("pk")
    columns = ("pk", "fund_id", "prefix", "year", "number", "party", "address", "memo", "transfer")
    rows = []
    for pk, fund_id, prefix, year, number, *texts in said.values_list(*columns).iterator(chunk_size=AT_ONCE):
        text = fold(" ".join((f"{prefix}-{year}-{number:06d}", *texts)))[:LONGEST]
        rows.append(words(voucher_id=pk, fund_id=fund_id, text=text))
        if len(rows) >= AT_ONCE:
            words.objects.using(alias).bulk_create(rows)
            rows = []
    words.objects.using(alias).bulk_create(rows)


def write_versions(apps, schema_editor):
    alias = schema_editor.connection.alias
    campaign_model, version = apps.get_model("funds", "Campaign"), apps.get_model("funds", "CampaignVersion")
    version.objects.using(alias).bulk_create(
        version(
            campaign=one,
            number=1,
            name=one.name,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            distribution_ends_on=one.distribution_ends_on,
            target=one.target,
            appeal=one.appeal,
            at=make_aware(datetime(one.starts_on.year, one.starts_on.month, one.starts_on.day)),
        )
        for one in campaign_model.objects.using(alias).filter(versions=None).order_by("pk")
    )


def nothing(apps, schema_editor):
    """Going back leaves the rows to the migration that drops their tables."""


class Migration(migrations.Migration):
    dependencies = [("funds", "0060_giving_and_words")]

    operations = [migrations.RunPython(write_words, nothing), migrations.RunPython(write_versions, nothing)]

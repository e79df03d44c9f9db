"""Offices' own Word templates: kept version by version once they are without fault, chosen for a report, found by day."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.timezone import localdate

from chungtay.access import selectors as access
from chungtay.access.rules import Matter
from chungtay.accounts.models import User
from chungtay.audit import services as audit
from chungtay.evidence import services as files
from chungtay.evidence.models import Attachment
from chungtay.kernel.errors import DomainError
from chungtay.papers.lintapart import lint_apart
from chungtay.papers.rules import HeadKind
from chungtay.papers.tags import Format
from chungtay.papers.templatelint import LARGEST, Finding
from chungtay.places.models import Area
from chungtay.reviews.changing import changed, locked
from chungtay.reviews.models import OfficeTemplate, Review


class BadTemplate(DomainError):
    """The template has faults; `findings` are all of them, with their places."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("Mẫu còn lỗi nên chưa dùng được. " + " ".join(map(str, findings)))


class NoSuchTemplate(DomainError):
    """The template is not of this office, not of this paper, or not in force."""

    def __init__(self) -> None:
        super().__init__("Mẫu này không phải của cơ quan ban hành, hoặc chưa đến ngày dùng. Hãy chọn mẫu khác.")


def keep_template(
    *,
    area: Area,
    header: HeadKind,
    form: Format,
    upload: "UploadedFile[Any] | None",
    valid_from: date,
    note: str = "",
    now: datetime,
    by: User,
) -> OfficeTemplate:
    """Keep a further version of a template; without a file the common form is used again from that day.

    Raises NotAllowed, BadTemplate with every fault, NotEvidence.
    """
    access.require(by, "edit", Matter("template", area.pk), localdate(now))
    attachment = _checked(upload, form, now, by) if upload is not None else None
    with transaction.atomic():
        area = Area.objects.select_for_update().get(pk=area.pk)  # one number after the other
        versions = OfficeTemplate.objects.filter(area=area, header=header, form=form)
        last: int = versions.aggregate(last=Max("number"))["last"] or 0
        made = OfficeTemplate.objects.create(
            area=area,
            header=header,
            form=form,
            number=last + 1,
            valid_from=valid_from,
            attachment=attachment,
            note=" ".join(note.split()),
            at=now,
            by=by,
        )
        data = {
            "header": header,
            "form": form,
            "version": made.number,
            "valid_from": valid_from,
            "attachment": attachment.pk if attachment else None,
        }
        audit.record("reviews.template.kept", obj=made, area_id=area.pk, data=data, now=now, by=by)
    return made


def _checked(upload: "UploadedFile[Any]", form: Format, now: datetime, by: User) -> Attachment:
    if (upload.size or 0) > LARGEST:
        raise BadTemplate([Finding("Tệp", "lớn hơn 5 MB; hãy bỏ bớt hình ảnh rồi lưu lại.")])
    upload.seek(0)
    if stopping := [finding for finding in lint_apart(upload.read(), form) if finding.stops]:
        raise BadTemplate(stopping)
    return files.keep(upload=upload, now=now, by=by)


@transaction.atomic
def choose_template(
    *, review: Review, template_id: UUID | None, revision: int | None = None, now: datetime, by: User
) -> Review:
    """Choose the template of a report's Word file, None for the common form. Raises NotAllowed, NotDraft, MovedOn, NoSuchTemplate."""
    row = locked(review, now, by, revision)
    chosen = next((one for one in templates_for(row) if one.pk == template_id), None)
    if template_id is not None and chosen is None:
        raise NoSuchTemplate
    if chosen == row.template:
        return row
    old, row.template = str(row.template or ""), chosen
    changed(row, "template", now, by, old=old, new=str(chosen or ""))
    return row


# ---------------------------------------------------------------- reads


def versions_of(area_ids: set[UUID]) -> "QuerySet[OfficeTemplate]":
    """Return every version of the templates of these areas, newest first."""
    found = OfficeTemplate.objects.filter(area_id__in=area_ids).select_related("area", "attachment", "by")
    return found.order_by("area_id", "header", "form", "-number")


def in_force(area_id: UUID, header: str, form: Format, day: date) -> OfficeTemplate | None:
    """Return the template that an office's paper of a day is written in, None for the common form."""
    found = OfficeTemplate.objects.filter(area_id=area_id, header=header, form=form, valid_from__lte=day)
    last = found.select_related("attachment").order_by("-number").first()
    return last if last is not None and last.attachment_id else None


def templates_for(review: Review) -> list[OfficeTemplate]:
    """Return the templates that a report may be written in: of its office, with a file, newest first."""
    found = OfficeTemplate.objects.filter(
        area_id=review.area_id, header=review.header, form=Format.REPORT, attachment__isnull=False
    )
    return list(found.select_related("attachment").order_by("-number"))


def template_for(actor: User, template_id: UUID, *, on: date) -> OfficeTemplate:
    """Return one template in the actor's reach. Raises NoSuchTemplate."""
    areas = access.areas_for(actor, "view", "template", on=on)
    found = OfficeTemplate.objects.filter(pk=template_id, area_id__in=areas).select_related("attachment").first()
    if found is None or found.attachment is None:
        raise NoSuchTemplate
    return found


def template_of(sha256: str) -> Attachment | None:
    """Return the file of a template by its hash, None for ""."""
    found = OfficeTemplate.objects.filter(attachment__sha256=sha256).select_related("attachment").first()
    return found.attachment if sha256 and found else None

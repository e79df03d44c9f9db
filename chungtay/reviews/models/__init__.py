"""Tables of the reviews: the report, what units say, the file of the conference, what was published, offices' templates."""

from chungtay.reviews.models.assessment import Assessment, AssessmentEnd, AssessmentPart
from chungtay.reviews.models.dossier import (
    Arrangement,
    Attendance,
    Comment,
    CommentEnd,
    ConferenceMeeting,
    DossierRecord,
    DossierRecordEnd,
    NewsDraft,
)
from chungtay.reviews.models.publication import Publication
from chungtay.reviews.models.review import Review, ReviewBlock, ReviewEdit
from chungtay.reviews.models.template import OfficeTemplate

__all__ = [
    "Arrangement",
    "Assessment",
    "AssessmentEnd",
    "AssessmentPart",
    "Attendance",
    "Comment",
    "CommentEnd",
    "ConferenceMeeting",
    "DossierRecord",
    "DossierRecordEnd",
    "NewsDraft",
    "OfficeTemplate",
    "Publication",
    "Review",
    "ReviewBlock",
    "ReviewEdit",
]

"""Tables of the reviews: the report, what units say, the file of the conference, what was published."""

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
    "Publication",
    "Review",
    "ReviewBlock",
    "ReviewEdit",
]

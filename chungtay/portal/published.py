"""What the portal shows of figures, told to the room of figures, so that the door for machines can show the same and no more."""

from chungtay.figures.registry import PublicProgramme, register_public
from chungtay.figures.trace_ids import UnknownTrace, decode_trace
from chungtay.portal import programmes, selectors


def register() -> None:
    """Let the account know."""
    register_public(_programmes, _is_public)


def _programmes() -> list[PublicProgramme]:
    """Return the public programmes with what their pages show."""
    return [
        PublicProgramme(
            code=one.programme.code,
            title=str(one.programme),
            area_id=one.area_id,
            period=one.period,
            indicators=tuple(dict.fromkeys(target.indicator.code for target in one.targets)),
        )
        for one in programmes.public_programmes()
    ]


def _is_public(trace: str) -> bool:
    """Return whether a figure was printed in an article that went out, or stands on the page of a programme."""
    try:
        return selectors.is_published(trace) or programmes.shows(decode_trace(trace))
    except UnknownTrace:
        return False

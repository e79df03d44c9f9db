"""The ways out of the house. Mail is built in; another one is a class with these four things, registered in `AppConfig.ready()`."""

from contextlib import suppress
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
from typing import Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.template.loader import render_to_string

from chungtay.notices.models import Delivery, PersonSetting


class NotSent(Exception):
    """The message did not leave; it may be tried again. Whatever else a channel raises counts the same."""


class PerhapsSent(Exception):
    """Nobody can know whether the message has left: it is not tried again by itself."""


class Channel(Protocol):
    """A way out. `send` returns when the message has left, raises PerhapsSent when nobody can know, and else when it has not."""

    code: str
    label: str

    def is_on(self) -> bool:
        """Whether this workspace can send by it."""

    def address_of(self, person: PersonSetting) -> str:
        """Return where a person is reached by it, "" for nowhere."""

    def send(self, delivery: Delivery, address: str) -> None:
        """Hand the message over. It bears `delivery.message_id`, so that a receiver may recognise a second one."""


class Mail:
    """E-mail by Django's mail API, in plain text and as a simple page."""

    code = "email"
    label = "Thư điện tử"

    def is_on(self) -> bool:
        """Whether a mail server or a folder is set (`CHUNGTAY_SMTP_HOST`, `CHUNGTAY_MAIL_DIR`)."""
        return bool(settings.MAIL_IS_ON)

    def address_of(self, person: PersonSetting) -> str:
        """Return the person's address."""
        return person.email

    def send(self, delivery: Delivery, address: str) -> None:
        """Send one message."""
        message = EmailMultiAlternatives(
            subject=delivery.subject,
            body=delivery.body,
            to=[address],
            headers={"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"},
        )
        page = render_to_string("notices/mail.html", {"subject": delivery.subject, "lines": delivery.body.splitlines()})
        message.attach_alternative(page, "text/html")
        server = get_connection()
        server.open()  # whoever is not reached here has got nothing
        message.connection = server
        try:
            if message.send() != 1:
                raise NotSent("Máy chủ thư không nhận.")
        except (SMTPResponseException, SMTPRecipientsRefused) as refused:
            raise NotSent(f"Máy chủ thư từ chối: {refused}") from refused
        except (SMTPException, OSError) as lost:
            raise PerhapsSent("Mất kết nối với máy chủ thư trước khi máy chủ trả lời.") from lost
        finally:
            with suppress(SMTPException, OSError):
                server.close()


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Add a way out; registering its code again replaces it."""
    _channels[channel.code] = channel


def channels_on() -> list[Channel]:
    """Return the ways that this workspace can send by."""
    return [one for one in _channels.values() if one.is_on()]


def channel_of(code: str) -> Channel | None:
    """Return a way by its code; None when it was taken out since."""
    return _channels.get(code)

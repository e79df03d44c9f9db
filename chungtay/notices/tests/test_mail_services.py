"""Mail as it really leaves: by SMTP to a server on the loopback and as files, read back; and what a lost answer becomes."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest

from chungtay.notices import channels, outbox, services
from chungtay.notices.models import Delivery, DeliveryAct
from chungtay.notices.rules import LEASE, WAITS, Act, State
from chungtay.notices.tests.conftest import KIND
from chungtay.notices.tests.letterbox import letterbox

NOW = datetime(2025, 3, 3, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SUBJECT = "Báo cáo quý I của Phường 11 bị trả lại: cần xem lại những ô nêu trong thư này, trước ngày 05/03/2025"
TEXT = "Nguyễn Thị Hà: “Hai ô của biểu B01 chưa khớp số của Ủy ban MTTQ Việt Nam phường.”"
pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """The process is gone."""


@pytest.fixture
def mail(people, monkeypatch, settings):
    """Two people with addresses, and mail as the only way out."""
    monkeypatch.setattr(channels, "_channels", {"email": channels.Mail()})
    settings.MAIL_IS_ON = True
    settings.EMAIL_USE_TLS = False
    settings.DEFAULT_FROM_EMAIL = "Chung Tay <chungtay@example.org>"
    return people


@pytest.fixture
def box(mail, settings):
    """A mail server that takes what is sent."""
    with letterbox() as found:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", found.port
        yield found


def told(people):
    services.tell(kind=KIND.code, to=people, key="k", subject=SUBJECT, text=TEXT, url="/bao-cao/1/", now=NOW, by=None)


def read(raw):
    return message_from_bytes(raw, policy=policy.default)


def check(message, row):
    assert message["Subject"].strip() == SUBJECT  # folded over lines, it begins with the fold
    assert message["To"] == f"{row.to.username}@example.org"
    assert message["From"] == "Chung Tay <chungtay@example.org>"
    assert message["Message-ID"] == row.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
    ]
    plain, page = (message.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert plain.splitlines()[0] == TEXT
    assert plain.rstrip().endswith("/bao-cao/1/")
    assert TEXT in page and 'lang="vi"' in page


def test_a_message_arrives_by_smtp_whole_and_in_vietnamese(mail, box):
    told(mail)
    assert services.send_due(now=NOW).sent == 2
    messages = {message["To"]: message for message in map(read, box.arrived)}
    for row in Delivery.objects.select_related("to"):
        check(messages[f"{row.to.username}@example.org"], row)
    assert services.send_due(now=NOW + timedelta(days=1)) == outbox.Sent()
    assert len(box.arrived) == 2


def test_a_message_is_written_as_a_file_into_the_folder(mail, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    told(mail[:1])
    assert services.send_due(now=NOW).sent == 1
    [file] = tmp_path.iterdir()
    check(read(file.read_bytes().partition(b"\n" + b"-" * 79)[0]), Delivery.objects.get())


def test_a_server_that_refuses_or_is_away_is_tried_again_with_the_same_mark(mail, box, settings):
    told(mail[:1])
    box.mishaps = ["refuse"]
    assert services.send_due(now=NOW).again == 1
    assert "554" in Delivery.objects.get().error
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert services.send_due(now=NOW + WAITS[0]).again == 1
    settings.EMAIL_PORT = port
    assert services.send_due(now=NOW + WAITS[0] + WAITS[1]).sent == 1
    assert [read(raw)["Message-ID"] for raw in box.arrived] == [Delivery.objects.get().message_id]


def test_a_server_that_went_away_before_it_answered_leaves_it_uncertain_and_a_person_decides(cast, mail, box):
    told(mail[:1])
    box.mishaps = ["hang up"]
    assert services.send_due(now=NOW) == outbox.Sent(uncertain=1)
    assert services.send_due(now=NOW + timedelta(days=2)) == outbox.Sent(), "it may have arrived"
    row = Delivery.objects.get()
    assert (row.state, len(box.arrived)) == (State.UNCERTAIN, 1)
    assert "Mất kết nối" in row.error
    services.resend(delivery=row, reason="người nhận chưa thấy", now=NOW, by=cast.admin)
    assert services.send_due(now=NOW).sent == 1
    first, second = map(read, box.arrived)
    assert first["Message-ID"] == second["Message-ID"], "a receiver recognises the second one"


def test_a_sender_that_dies_between_sent_and_noted_has_sent_once_and_it_stands_as_uncertain(mail, box, monkeypatch):
    told(mail[:1])
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_confirm", lambda *_, **__: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            services.send_due(now=NOW)
    assert (len(box.arrived), Delivery.objects.get().state) == (1, State.CLAIMED)
    after = NOW + LEASE + timedelta(seconds=1)
    assert services.send_due(now=after) == outbox.Sent(uncertain=1)
    assert services.send_due(now=after + timedelta(days=1)) == outbox.Sent()
    assert len(box.arrived) == 1
    assert list(DeliveryAct.objects.order_by("id").values_list("act", flat=True)) == [Act.CLAIM, Act.LOSE]

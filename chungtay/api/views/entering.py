"""A name and a password for a token, whose token it is, and giving it back."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from chungtay.access import selectors as access
from chungtay.access.rules import Role
from chungtay.accounts import services as accounts
from chungtay.api import doors, services
from chungtay.api.doors import READ
from chungtay.api.naming import unit_ref
from chungtay.api.shapes import Me, NewToken, Post, SignIn
from chungtay.web import clock

router = Router(tags=["Mã truy cập"])


@router.post(
    "/login", response=NewToken, url_name="api-login", summary="Lấy mã truy cập bằng tên đăng nhập và mật khẩu"
)
def login(request: HttpRequest, body: SignIn) -> HttpResponse:
    """Trả mã có hạn 12 giờ. Sai tên hay sai mật khẩu đều trả cùng một câu; sai 5 lần trong 15 phút thì phải đợi."""
    now = clock.now()
    address = request.META.get("REMOTE_ADDR", "")
    user = accounts.check_sign_in(username=body.username, password=body.password, address=address, now=now)
    token, secret = services.sign_in(user=user, scopes=body.scopes, now=now)
    made = NewToken(token=secret, expires_at=token.expires_at, scopes=token.scopes)
    return doors.as_json(made.model_dump(mode="json"), headers={"Cache-Control": "no-store"})


@router.get("/me", response=Me, url_name="api-me", auth=READ, summary="Mã này của ai, được làm gì")
def me(request: HttpRequest) -> Me:
    """Trả tên, vai trò tại từng đơn vị và phạm vi của mã đang dùng."""
    caller = doors.caller_of(request)
    user, today = caller.user, clock.today()
    held = access.roles_of(user, today)
    posts = [
        Post(
            role=Role(one.role).value,
            unit=unit_ref(one.area_id, today),
            since=one.valid_from,
        )
        for one in held
    ]
    return Me(
        id=user.pk,
        username=user.username,
        full_name=user.full_name,
        title=user.title,
        posts=posts,
        scopes=[scope.value for scope in caller.token.scope_set],
        expires_at=caller.token.expires_at,
    )


@router.post("/logout", response={204: None}, url_name="api-logout", auth=READ, summary="Thu hồi mã đang dùng")
def logout(request: HttpRequest) -> HttpResponse:
    """Mã hết hiệu lực ngay."""
    caller = doors.caller_of(request)
    services.revoke_token(token_id=caller.token.pk, now=clock.now(), by=caller.user)
    return HttpResponse(status=204)

"""What every portal has from its first day: the root of the pages, home, the list of news, sections, groups of editors."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Locale, Page, Site

from chungtay.portal.models import Category, HomePage, NewsIndexPage, Picture
from chungtay.portal.telling import silence

WRITERS, PUBLISHERS = "Cổng: người viết", "Cổng: người đăng"
SECTIONS = (
    ("tin-tuc", "Tin hoạt động"),
    ("so-ket", "Sơ kết chương trình"),
    ("quy-vi-nguoi-ngheo", "Quỹ “Vì người nghèo”"),
    ("cong-dong", "Cộng đồng"),
    ("thong-bao", "Thông báo"),
)
PAGE_RIGHTS = {WRITERS: ("add_page", "change_page"), PUBLISHERS: ("add_page", "change_page", "publish_page")}
SECTION_RIGHTS = ("add_category", "change_category")
FILE_RIGHTS = (
    *("wagtailimages.add_image", "wagtailimages.change_image", "wagtailimages.choose_image"),
    *("wagtaildocs.add_document", "wagtaildocs.choose_document"),
)


def is_there() -> bool:
    """Return whether the tables are there: somebody may migrate other apps alone."""
    return {HomePage._meta.db_table, Picture._meta.db_table} <= set(connection.introspection.table_names())


@silence()
@transaction.atomic
def lay() -> None:
    """Make what is missing; whatever is there stays as it is."""
    locale, _ = Locale.objects.get_or_create(language_code="vi")
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        title="Root", slug="root", locale=locale, content_type=ContentType.objects.get_for_model(Page)
    )
    home = HomePage.objects.first() or _home(root, locale)
    if not NewsIndexPage.objects.exists():
        home.add_child(instance=NewsIndexPage(title="Tin tức", slug="tin-tuc", locale=locale))
    if not Category.objects.exists():
        Category.objects.bulk_create(
            Category(slug=slug, name=name, order=order) for order, (slug, name) in enumerate(SECTIONS)
        )
    _groups(root)


def _home(root: Page, locale: Locale) -> HomePage:
    """Make the front page the root of the site; Wagtail's own greeting of an empty site leaves."""
    for greeting in root.get_children().filter(slug="home"):
        greeting.delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Trang chủ", slug="cong", locale=locale))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home, "site_name": "Chung Tay"}
    )
    return home


def _groups(root: Page) -> None:
    """Write what Wagtail asks of its groups; who is in them is told by `membership`."""
    access = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin").first()
    collection = Collection.get_first_root_node()
    for name, rights in PAGE_RIGHTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        if access is not None:
            group.permissions.add(access)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="portal", codename__in=SECTION_RIGHTS))
        for codename in rights:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for full_name in FILE_RIGHTS:
            app, _, codename = full_name.partition(".")
            permission = Permission.objects.get(content_type__app_label=app, codename=codename)
            GroupCollectionPermission.objects.get_or_create(group=group, collection=collection, permission=permission)

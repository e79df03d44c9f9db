"""Pages that editors write, pictures, and the editions that were published."""

from chungtay.portal.models.editions import Edition, EditionFigure, Schedule
from chungtay.portal.models.pages import ArticleFigure, ArticlePage, ArticleTag, Category, HomePage, NewsIndexPage
from chungtay.portal.models.pictures import Picture, PictureRendition

__all__ = [
    "ArticleFigure",
    "ArticlePage",
    "ArticleTag",
    "Category",
    "Edition",
    "EditionFigure",
    "HomePage",
    "NewsIndexPage",
    "Picture",
    "PictureRendition",
    "Schedule",
]

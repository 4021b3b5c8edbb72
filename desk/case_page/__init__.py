"""The case page, put together from a fixed number of queries; templates/desk/case.html shows it."""

from desk.case_page.page import CasePage, page_of

__all__ = ["CasePage", "page_of"]

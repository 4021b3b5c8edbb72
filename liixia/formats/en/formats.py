"""English dates as every other line of a page has them: 12 Mar 2026."""

DATE_FORMAT = "j M Y"
DATETIME_FORMAT = "j M Y, H:i"

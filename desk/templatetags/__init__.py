"""Tags that bring what several apps know onto one page."""

"""Where, and who serves there: the area tree, stations and postings."""

"""A whole version of the list as an Excel workbook: written, read again, and compared with a draft."""

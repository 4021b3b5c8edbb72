"""The evidence of one case as a PDF: what was read of it, told in words, printed; and the check of a copy."""

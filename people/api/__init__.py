"""How programs come in and are answered: tokens, refusals, pages of rows, marks of what was read."""

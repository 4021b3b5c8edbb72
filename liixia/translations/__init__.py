"""The Chinese of every message: what the code and the templates say, and the parts that translate it."""

"""Reviewed change: draft, difference, impact, second person, in force from, rolled back."""

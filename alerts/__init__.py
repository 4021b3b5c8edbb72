"""Tells people: the inbox of each person."""

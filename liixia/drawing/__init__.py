"""Draws the parts of docs/architecture.md that the code itself knows: the house and the two state machines."""

"""Pages on which somebody makes a move of a case or of a unit's summons."""

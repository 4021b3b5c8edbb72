"""Cases, whistles, summonses, steps and clocks as programs read them, and the moves that they make."""

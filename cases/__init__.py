"""What must be put right: cases, whistles, summonses and every step taken."""

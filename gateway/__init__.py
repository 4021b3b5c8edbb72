"""What comes from other systems: imports of cases and their mappings."""

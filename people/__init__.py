"""Who: users, units and the roles that people hold in units."""

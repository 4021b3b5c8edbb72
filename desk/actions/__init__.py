"""Everything that changes what the desk keeps: saved views and exports."""

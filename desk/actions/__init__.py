"""Everything that changes what the desk keeps: saved views, exports and bundles."""

"""What of this app, and of those under it, goes by reviewed change: one module for each kind of change."""

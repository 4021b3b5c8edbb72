"""What goes by reviewed change and bears on cases: one module for each kind of change."""

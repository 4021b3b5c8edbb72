"""What goes by reviewed change and bears on those who reported something: one module for each kind of change."""

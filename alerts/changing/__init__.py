"""What goes by reviewed change and bears on messages: one module for each kind of change."""

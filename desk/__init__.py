"""Staff pages that join the apps: my work, the case page, the list editor."""

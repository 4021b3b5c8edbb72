"""Pages of the public, of those who take reports and of those who call back."""

"""Pages of imports, and the requests that bring their files."""

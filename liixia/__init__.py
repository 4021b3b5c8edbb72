"""The project: settings, addresses, the queue, and the launcher that runs a district with one command."""

"""What one command needs to run everything on one machine; nothing here imports Django unless it says so."""

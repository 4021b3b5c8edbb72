"""What the public says: reports, callbacks and ratings."""

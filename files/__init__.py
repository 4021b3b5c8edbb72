"""Photos: received in pieces, checked and re-encoded off the request, shown only to those who may see their subject."""

"""What was done and seen: the database's clock, the security log, idempotency keys, sealed tables."""

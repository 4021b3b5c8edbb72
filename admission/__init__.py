"""What may be handed down to a street: applications, permits, tasks under a permit, and pledges."""

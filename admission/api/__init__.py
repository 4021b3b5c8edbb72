"""The shapes and doors of the API of what is admitted, handed down and cleaned up."""

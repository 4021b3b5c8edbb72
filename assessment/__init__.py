"""Measures and marks each responsible unit of a closed case."""

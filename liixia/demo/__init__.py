"""A lively made-up district for trying the product: people, and cases played through the real actions."""

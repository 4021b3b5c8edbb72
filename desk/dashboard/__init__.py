"""The dashboard: what is open and owed in one scope, how it came out lately, and where each number leads."""

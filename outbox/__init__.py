"""What must leave a transaction: rows written beside the change, handed on once by the sweep."""

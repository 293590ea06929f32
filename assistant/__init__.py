"""A question becomes quotes. Knows nothing of the evaluation."""

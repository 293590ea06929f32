"""Documents become searchable paragraphs. Knows nothing of the assistant."""

"""Is it any good? Import as ``from eval.runner import …``: ``eval`` alone is a builtin."""

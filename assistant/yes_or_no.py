"""How questions begin that are answered by yes or no: with their verb."""

VERBS_FIRST = (
    r"(?:er|var|har|hadde|vil|ville|skal|skulle|kan|kunne|må|måtte|bør|burde|får|fikk|fekk|blir|ble|blei|vart|går|gjør"
    r"|gjer|gjorde|ønsker|ønskjer|stemmer|støtter|støttar|finnes|fins|finst|mener|meiner|tror|trur|trenger|treng"
    r"|is|are|was|were|does|do|did|has|have|had|will|would|can|could|should|must)\b"
)
"""A pattern, in lower case."""

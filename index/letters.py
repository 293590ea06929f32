"""Letters of the names that stand in Norwegian texts: Norwegian, Sámi, and those of the rest of Europe.

>>> import re
>>> re.findall(f"[{CAPITALS}][{SMALL}]+", "Áslak og Ørjan møtte André Čáppa.")
['Áslak', 'Ørjan', 'André', 'Čáppa']
"""

_LATIN = [chr(code) for code in range(0x180)]
"""Basic Latin, Latin-1 and Latin Extended-A."""
CAPITALS = "".join(letter for letter in _LATIN if letter.lower() != letter)
"""Every capital letter, to stand within the brackets of a pattern."""
SMALL = "".join(letter for letter in _LATIN if letter.upper() != letter)
"""Every small letter, to stand within the brackets of a pattern."""

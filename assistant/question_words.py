"""How questions begin: with a word that asks, or, where yes or no answers them, with their verb."""

import re

_WORDS = """
    når hva hvem hvems hvor hvordan hvorledes hvorfor hvorvidt hvilken hvilket hvilke hvilka hvis åssen
    kva kven kvens kvar kor korleis korfor kvifor korvidt koffor koss
    what who whom whose why how when where which whether
"""
ASKS = re.compile(rf"\b(?:{'|'.join(_WORDS.split())})\b", re.IGNORECASE)
"""The words that ask, written out: "kveld", "kvinner" and "Hvaler" begin like some."""
_VERBS = """
    er var har hadde vil ville skal skulle kan kunne må måtte bør burde får fikk fekk blir ble blei vart går gjør gjer
    gjorde ønsker ønskjer stemmer støtter støttar finnes fins finst mener meiner tror trur trenger treng
    is are was were does do did has have had will would can could should must
"""
VERBS_FIRST = rf"\b(?:{'|'.join(_VERBS.split())})\b"
"""A pattern, in lower case: the verbs with which questions begin."""
ASKS_FIRST = re.compile(rf"(?:{ASKS.pattern}|{VERBS_FIRST})", re.IGNORECASE)
"""Begins as a question does; to be matched."""

"""Conversations as files, and the proof that what they quote stands where they say.

Reading order: ``receipt`` (a quote's place in one line), ``transcript`` (what is exported), ``showing`` (which
characters can be), ``markdown``, ``web_page`` and ``word`` (the formats, there and back), ``found`` (what such a file
holds), ``verify`` (is it so?), ``formats`` (which file is of which format).
"""

"""The memory: typed tables and queries by noun, sealing of words, the bell. Never commits.

Only `desk` opens and commits transactions. Words people wrote are always sealed columns.
"""

"""窓口, the only room that opens a transaction: one matter per file.

Doors hand in the `Office` and the time; nothing here knows Flask, Dramatiq or LINE's library.
"""

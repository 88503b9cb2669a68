"""The voice: what Genkan says to a resident and when. Imports nothing; no Flask, SQL or Redis.

`bot.line` is the only part that knows LINE, and nothing outside the doors imports it.
"""

"""The judgement: how urgent, which worry, which member, and why.

Pure code: standard library, rapidfuzz and the directory's dataclasses. No database, no network,
no clock; time and load arrive as arguments.
"""

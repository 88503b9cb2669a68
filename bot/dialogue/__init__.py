"""What Genkan answers: one pure step per inbound event, one file per group of stages.

`step` is the only way in. No clock, no storing, no LINE; every sentence comes from `bot.phrases`.
"""

from bot.dialogue.steps import step

__all__ = ["step"]

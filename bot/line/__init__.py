"""The resident's door on LINE, in two directions: it translates, and decides nothing.

May import LINE's SDK, Flask and `desk`; reads the clock. `messages` and `limits` are pure. Nothing
outside the doors imports this room, and no word of a resident enters a log here.
"""

"""PLAY: a LINE platform on this machine, with phones in the browser; it imports no room of Genkan.

Genkan reaches it through `LINE_API_HOST` alone and is reached by signed webhooks alone, so that
nothing in Genkan can tell it from LINE.
"""

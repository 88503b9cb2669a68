"""Measurements against floors; never imported by Genkan, never part of the package."""

"""The address book: one data pack per city and the strict code that loads it.

A pack is replaceable data (members, categories, hotlines, crisis cards); nothing here knows a
database, a web framework or LINE. Never a contact that its owner has not confirmed.
"""

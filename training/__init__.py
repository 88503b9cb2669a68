"""Fits the learned judge anew from the corpus and the pack's examples, and says how well it judges.

Run by hand (`python -m training`), never by the running service: it needs scikit-learn, which an
installation does not have. It reads corpus/ and directory_data/, and writes routing/models/.
"""

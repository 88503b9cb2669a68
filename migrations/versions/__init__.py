"""One file per step, oldest first; a step that has been released is never edited."""

"""The engine for up to some thousands of letters: Whoosh's files and postings, in process."""

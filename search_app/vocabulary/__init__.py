"""The field's words: drugs, treatment requests, guideline documents and reviewer specialties."""

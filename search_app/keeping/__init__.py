"""Keeps an index sound: looks for faults, takes backups, and puts them back."""

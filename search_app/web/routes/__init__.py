"""The views: each parses, calls, and renders."""

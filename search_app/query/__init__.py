"""What was typed and what was ticked, as a SearchRequest that every engine answers alike."""

"""Results to take away: tables of decisions, streamed, and a feed of the newest."""

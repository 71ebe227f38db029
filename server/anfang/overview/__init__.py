"""What waits for whoever opens the console, all rooms' in one answer; it owns no table."""

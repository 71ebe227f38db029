"""What packs does when told of events."""

"""What inspections does when told of events."""

"""What evidence does when told of events."""

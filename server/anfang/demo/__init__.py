"""The demonstration campaign: content and loader; imported by the command line only."""

"""Illustrated scenes for the demonstration, drawn with Pillow. Pure; nothing here is a photo."""

"""Looking after an installation: examine it, back it up, restore it. Composition, like `cli`."""

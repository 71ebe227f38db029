"""What every room stands on: configuration, database, errors, HTTP, time, formats of evidence.

Owns no table, knows no room. Nothing here may import another room.
"""

"""What the doctor examines, one file a subject; each check yields findings and changes nothing."""

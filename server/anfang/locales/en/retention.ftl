hold-lifted = This hold was lifted before.

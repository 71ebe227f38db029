size-not-sealed = The log has not been sealed at this size, so there is no proof for it.
nothing-sealed = The log has not been sealed yet.
not-yet-logged = Something is not in the log yet; wait for the daily seal or seal it first.
log-broken = The log disagrees with its signed checkpoint and sealing has stopped; tell the administrator at once.

"""Events and jobs: the transactional outbox, its delivery at least once, and periodic work.

Owns `outbox_events` and `outbox_deliveries`. A verb writes its event in its own transaction; the
worker relays it to Huey after the commit; a room's `tasks.py` answers it. Nothing is lost when a
worker dies: what was not delivered is relayed again.
"""

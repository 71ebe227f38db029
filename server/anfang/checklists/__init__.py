"""What inspectors look at: checklists with frozen published versions, and their scoring.

Owns `checklists` and `checklist_versions`.
"""

"""Campaigns with their legal basis, plan, themes and checklists.

Owns `campaigns`, `campaign_themes`, `campaign_theme_units`, `campaign_checklists`.
"""

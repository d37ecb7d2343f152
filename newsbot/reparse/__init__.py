"""Captured pages read again by today's readers, and what that would change."""

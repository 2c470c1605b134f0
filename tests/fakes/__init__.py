"""Loopback servers that behave as outside services do by their public documentation; see docs/providers.md."""

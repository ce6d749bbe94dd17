"""Adapters: the only code that knows a vendor or a protocol. Built by wiring alone."""

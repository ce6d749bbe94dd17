"""Stand-ins for vendor clouds, spoken to over HTTP by the real SDKs."""

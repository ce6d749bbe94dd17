"""Stand-ins for vendor clouds and networks. The real SDKs talk to them over HTTP."""

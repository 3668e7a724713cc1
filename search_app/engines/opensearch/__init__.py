"""The engine for several machines: an OpenSearch cluster."""

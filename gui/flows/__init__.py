"""Who hears whom: one class a flow, each holding no more than its connections."""

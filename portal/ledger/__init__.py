"""What happened on the portal, in what order, and how can anybody be sure of it?"""

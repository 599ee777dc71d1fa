"""Who is told by mail, and what?"""

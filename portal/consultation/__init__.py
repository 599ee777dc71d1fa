"""Who said what about a draft, when, and what became of it?"""

"""How does a request become a page, whatever it is about?"""

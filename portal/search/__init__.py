"""Where in drafts, provisions, comments and answers do these words stand?"""

"""What does a newcomer see first, and where are the standing pages?"""

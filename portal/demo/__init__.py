"""What is shown in a portal that has no data of its own yet?"""

"""What can be done with a draft before and around its consultation?"""

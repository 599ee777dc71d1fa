"""Where do administrators keep what the portal runs by: bodies, act types, policy areas, days off?"""

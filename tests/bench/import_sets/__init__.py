"""Which sets of real law are importers tried on, and what is true of each?"""

"""Into which formats is a presented report rendered?"""

"""What does a state body propose, in which words and by which rules?"""

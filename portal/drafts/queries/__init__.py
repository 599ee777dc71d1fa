"""What can be asked about drafts, their texts and the reference data?"""

"""What can be asked about consultations?"""

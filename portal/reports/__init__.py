"""Which numbers and reports follow from the consultations?"""

"""Looks for patient identifiers in pictures, clips, DICOM and PDF files, and hides them."""

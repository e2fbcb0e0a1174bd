"""What runs where Concordat is not installed: partners fetch these files and run them as they are."""

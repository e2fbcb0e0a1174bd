"""Asking, answering, and what must be so before a service begins; `delivery` is what follows."""

"""The pages of agreements: reading, writing a draft, signing, suspending and ending."""

"""What whoever runs the server may know of it: that it lives, how it does, and one line for each request."""

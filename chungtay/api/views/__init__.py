"""The endpoints, part by part, and the pages for people: the documentation and their tokens."""

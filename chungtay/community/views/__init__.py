"""The pages of community life."""

"""Registers as workbooks: a template for each kind, a preview with every problem by cell, taking in, and lists out."""

"""Chung Tay: coordination programmes of Vietnamese local government; every figure has a source."""

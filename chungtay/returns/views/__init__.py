"""The screens of the returns, one module for each thing that people come to do."""

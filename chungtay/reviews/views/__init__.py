"""The screens of the reviews, one module for each thing that people come to do."""

"""Rights: one table (`rights.csv`), one pure rule, and the assignments of people to roles at places.

The same rule answers may this person, which areas, and who may. Owns no accounts (a person is known here by id) and no
objects: whoever asks brings the object's type, state, area and authors.
"""

"""The drawn lines of units, from a day on: taken in from GeoJSON, matched to the map by code or name, drawn without outside help.

Owns the shapes and their drawing. It never decides which units there are: that is the map's (`places`), and a unit without a shape
is shown all the same, as a tile.
"""

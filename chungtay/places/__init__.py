"""Places through time: areas whose names, codes and parents have dates, and the bodies that stand on them.

Owns the map of every day. Codes are labels, never keys (29869 has meant three places); an area keeps its identity
when it is renamed, recoded or moved. It never knows what is reported from a place, nor who works there.
"""

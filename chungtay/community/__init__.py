"""Community life: groups of the people, what they do together, movements, and the residential areas they live in.

Owns the register of groups (Hội quán, co-operatives born of them, self-managed groups, clubs), their members over time, the
activities with pictures, movements and khóm/ấp. Demands no legal form or budget of a group, keeps no list of members and
nobody's religion, and never makes a figure of others.
"""

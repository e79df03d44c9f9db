"""Supervision and social criticism: the year's plan that two sides agree, what a team saw, what it recommends, and what was answered.

It owns plans, supervisions, criticisms, recommendations with their answers, people's inspection boards and citizens' feedback, whose
contacts stand sealed and apart. It never lets a recommendation end without an answer or a decision that a second person recorded.
"""

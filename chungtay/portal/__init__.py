"""The public portal: news whose figures are alive, programmes, the fund's lines, groups, recommendations, commendations.

It owns the pages that editors write on Wagtail, and every edition that was published with its figures as they stood; a published figure
never changes by itself. It never shows a person, only units, bodies and what others have decided to publish.
"""

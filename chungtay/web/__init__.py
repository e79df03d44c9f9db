"""The interface kit: the frame of a page, the components, the words of states, the answers' headers.

Owns `templates/web`, `templates/ui`, the style sheets, the scripts and the template tags. It knows no table and no
room: what a page needs from above (navigation, the place, the sample mark) is registered here by the rooms above.
"""

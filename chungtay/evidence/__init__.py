"""Evidence: pictures and papers that records rest on, kept once by their content and served by whoever owns the record.

It owns the files of the workspace's `evidence` folder and one append-only row for each keeping. Pictures are drawn anew, so that nothing
a phone hides in them (place, device, hidden data) is kept. It never decides who may look: the room whose record it is does.
"""

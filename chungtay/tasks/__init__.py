"""Tasks of a programme: who leads, who helps with what, until when, on which evidence each stands, and who was late.

It owns tasks with their duties, evidence, extensions and reminders, meetings with their conclusions, and the letters that two bodies
exchange. It never makes a figure: progress reads figures, documents and activities, and a judgement is always called one.
"""

"""Exchange: figures to and from other systems as files and messages that they know: DHIS2 data value sets, ADX, plain CSV, SDMX.

It owns which system calls our indicators and units what, what came in with its judgement line by line, and the writing of what goes
out. It never overwrites what a return or a register keeps on record, never takes a total for a fact, and guesses no id and no period.
"""

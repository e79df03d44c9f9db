"""The books of a fund for a period, each made once as a sheet that screen, PDF and workbook draw alike."""

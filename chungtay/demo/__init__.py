"""The demonstration: Programme 500 of Đồng Tháp as it was carried out in Cao Lãnh, told through the product's own doors.

Facts of the programme are public; how they divide over units and quarters is invented and marked "Số liệu minh họa".
Every number enters through a workbook that is filled, read back, sent, signed and approved; nothing is put into a table.
"""

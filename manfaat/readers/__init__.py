"""Bytes of a spreadsheet or CSV -> typed rows and problems with sheet, row and column. No database, no Django."""

"""What banks and their customers exchange, pure: VietQR codes, statements in their many forms, and whose money a line is."""

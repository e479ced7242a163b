field x + y

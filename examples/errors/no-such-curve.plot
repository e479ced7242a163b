y = x
hide 3

y = x = 2

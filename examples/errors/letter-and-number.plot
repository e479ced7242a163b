y = x2

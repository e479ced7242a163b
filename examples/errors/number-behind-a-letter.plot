y = x 2

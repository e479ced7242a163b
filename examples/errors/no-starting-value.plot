y' = x, y = 1

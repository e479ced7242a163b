sin = 3

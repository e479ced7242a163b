range = 3

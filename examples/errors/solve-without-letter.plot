solve 2 + 3 = 5

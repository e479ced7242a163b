y = 3 sine(x) + 1

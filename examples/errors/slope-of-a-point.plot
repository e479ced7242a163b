slope((1, 2), 3)

p = 3x

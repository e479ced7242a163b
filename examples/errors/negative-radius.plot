circle (0, 0) -2

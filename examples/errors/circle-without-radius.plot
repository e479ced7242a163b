circle (0, 0)

expect curve y = 2x + 1

segment 1 2

y = 2x + 1
check line

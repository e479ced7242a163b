Range -2 2

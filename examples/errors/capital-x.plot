y = X + 1

y = x^2 on [2, 0]

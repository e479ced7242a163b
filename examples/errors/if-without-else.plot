y = x^2 if x > 0

Y = x^2

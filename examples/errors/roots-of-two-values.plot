roots(x^2, 3)

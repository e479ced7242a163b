f(x) = x^2 - 2
roots f on [4, 0]

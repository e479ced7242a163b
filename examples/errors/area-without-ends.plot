f(x) = x^2 + 1
area f

f(x, x) = x

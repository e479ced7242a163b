f(x) = x + y

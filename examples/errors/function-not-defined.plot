y = f(x) + 1

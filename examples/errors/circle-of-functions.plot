f(x) = g(x)
g(x) = f(x)

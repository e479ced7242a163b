f(u, v) = u - v
y = f(x)

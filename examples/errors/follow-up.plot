g(x) = sine(x)
y = g(x) + 1

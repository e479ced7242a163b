f(x) = x^2
y = f x

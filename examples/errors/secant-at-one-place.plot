f(x) = x^2
secant f at 1

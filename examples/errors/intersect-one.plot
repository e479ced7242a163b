f(x) = x^2
intersect f

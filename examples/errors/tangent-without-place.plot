f(x) = x^2
tangent f

f(x) = sqrt(x)
tangent f at -1

f(x) = x^2
riemann f from 0 to 2 boxes 1e6

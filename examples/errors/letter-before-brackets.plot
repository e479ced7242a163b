y = q(x)

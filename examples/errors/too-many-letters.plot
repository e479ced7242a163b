y = a + b + c + d + g

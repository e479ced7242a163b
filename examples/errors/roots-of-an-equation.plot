x^2 + y^2 = 4
roots 1

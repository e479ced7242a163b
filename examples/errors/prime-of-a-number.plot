a = 2
y = a' x

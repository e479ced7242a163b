y = 2(x + 1
y = x

y = 3 sine(x) + 1
y = sin x (x+1)
y = x2
y = cos(x)

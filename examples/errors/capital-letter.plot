c = 2
y = C x

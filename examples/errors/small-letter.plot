C = 2
y = c x

X = [1, 2, 3]
Y = [1, 2]
points (X, Y)

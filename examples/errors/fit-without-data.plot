Y = [2, 3]
Y ~ a x + b

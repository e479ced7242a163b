y = x
size 20000 10

y = sin x (x+1)

y = sin(t)

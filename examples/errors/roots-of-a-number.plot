a = 2
roots a

range 10 -10

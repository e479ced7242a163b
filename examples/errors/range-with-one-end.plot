range 5

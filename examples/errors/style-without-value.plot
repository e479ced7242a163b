y = x with width

y = sin()

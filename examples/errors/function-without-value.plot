y = sin

y = x +

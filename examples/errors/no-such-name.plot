y = x
hide f

y = cosinus(x)

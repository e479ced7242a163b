y = isn(x)

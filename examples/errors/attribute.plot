y = x.real

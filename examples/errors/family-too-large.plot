y = k x for k in 1..60

sum(k^2, k, 1, 10)

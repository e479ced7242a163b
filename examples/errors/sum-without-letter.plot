sum(k^2)

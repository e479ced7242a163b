sequence u(0) = 1, u(n) = u(n+1) for n in 0..5

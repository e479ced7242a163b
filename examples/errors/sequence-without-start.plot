sequence u(n) = 0.5u(n-1) + 3 for n in 0..20

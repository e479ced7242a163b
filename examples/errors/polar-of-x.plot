r = 1 + x cos θ

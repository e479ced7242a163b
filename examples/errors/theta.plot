y = cos(θ)

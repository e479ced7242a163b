(cos t, x) for t in 0..1

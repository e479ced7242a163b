speed = 3
forget sped

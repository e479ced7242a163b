a ~ b + 1

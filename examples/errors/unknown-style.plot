y = x with dased

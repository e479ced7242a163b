slider x 0 5

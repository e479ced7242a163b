slider pi 0 5

slider a 5 -5

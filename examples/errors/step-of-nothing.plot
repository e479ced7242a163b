slider a -5 5 step 0

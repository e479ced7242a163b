target 5

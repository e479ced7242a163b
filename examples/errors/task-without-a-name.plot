task "Draw the line through (0, 1)."

task line Draw the line through (0, 1)

task zeros "Find the zeros of f."
expect roots f = [1, 3]
expect curve roots f

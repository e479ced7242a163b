y = sin -x

roots

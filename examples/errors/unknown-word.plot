y = hello + x

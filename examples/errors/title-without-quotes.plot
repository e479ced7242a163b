title hello

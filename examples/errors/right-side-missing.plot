y =

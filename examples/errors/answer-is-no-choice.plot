question fast "Which grows faster?" "x^2" "2^x" = "e^x"

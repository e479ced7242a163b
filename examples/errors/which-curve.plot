y = x
y = x^2
y = x^3
style red

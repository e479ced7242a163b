y = \frac{1}{2} x

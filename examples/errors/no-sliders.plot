auto sliders off
y = a x

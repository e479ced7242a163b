task rose "Draw the rose."
expect curve r = cos(2θ)

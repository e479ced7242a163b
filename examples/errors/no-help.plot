help rnage

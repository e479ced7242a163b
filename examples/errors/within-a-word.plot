task a2 "Move the slider to 2."
expect a = 2 within little

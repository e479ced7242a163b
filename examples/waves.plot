# Two waves and their sum: plotlang run waves.plot
range 0 4pi
a = 2
y = sin x with faint
y = a sin(2x)/3 with faint
y = sin x + a sin(2x)/3 with thick label "sum"
title "Two waves and their sum"

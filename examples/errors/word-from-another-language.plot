y = wurzel(x)

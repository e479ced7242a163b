y = {else: 1, x > 0: 2}

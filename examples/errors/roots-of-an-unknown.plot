roots g

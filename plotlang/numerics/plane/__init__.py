"""Zero sets and regions of the plane, drawn honestly: what is painted is there, and what is there is painted."""

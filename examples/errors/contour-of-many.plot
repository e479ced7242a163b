contour x y levels 1000

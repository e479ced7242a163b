"""What curves have: zeros, turning points, limits, asymptotes, areas."""

title "A wave

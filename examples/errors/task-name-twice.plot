task line "Draw y = 2x."
expect curve y = 2x
# %%
task line "Draw y = 3x."
expect curve y = 3x
hint "Steeper."

task line "Draw the line y = 2x."
expect curve y = 2x
# %%
y = 2x
check lime

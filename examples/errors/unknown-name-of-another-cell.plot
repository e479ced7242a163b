speed = 3
# %%
y = speeed x

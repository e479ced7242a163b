question zeros "How many zeros?" = 2
# %%
reply zero 2

"""Five curves that follow a slider, as users of each tool write them."""

from __future__ import annotations

INTERACT = """\
%matplotlib inline
import numpy as np
import matplotlib.pyplot as plt
from ipywidgets import interact

x = np.linspace(-5, 5, 1000)

@interact(a=(-5.0, 5.0, 0.01))
def draw(a=1.0):
    plt.figure(figsize=(6, 4), dpi=100)
    plt.plot(x, a * np.sin(x), label="a sin(x)")
    plt.plot(x, a * np.cos(x) + 1, label="a cos(x) + 1")
    plt.plot(x, np.sin(a * x), label="sin(a x)")
    plt.plot(x, x**2 / 10 + a, label="x²/10 + a")
    plt.plot(x, a * np.exp(-(x**2) / 4), label="a exp(-x²/4)")
    plt.grid()
    plt.legend()
    plt.title("Five curves")
    plt.show()
"""

UNCROPPED = f"%config InlineBackend.print_figure_kwargs = {{'bbox_inches': None}}\n{INTERACT}"

MPL_INTERACTIONS = """\
%matplotlib ipympl
import numpy as np
import matplotlib.pyplot as plt
import mpl_interactions.ipyplot as iplt

x = np.linspace(-5, 5, 1000)
plt.figure(figsize=(6, 4), dpi=100)
plt.title("Five curves")
plt.grid()
controls = iplt.plot(x, lambda x, a: a * np.sin(x), a=(-5, 5, 1001), label="a sin(x)")
iplt.plot(x, lambda x, a: a * np.cos(x) + 1, controls=controls, label="a cos(x) + 1")
iplt.plot(x, lambda x, a: np.sin(a * x), controls=controls, label="sin(a x)")
iplt.plot(x, lambda x, a: x**2 / 10 + a, controls=controls, label="x²/10 + a")
iplt.plot(x, lambda x, a: a * np.exp(-(x**2) / 4), controls=controls, label="a exp(-x²/4)")
plt.legend()
plt.show()
"""

RECIPE = """\
y = (a)*sin(x)
y = (a)*cos(x) + 1
y = sin((a)*x)
y = x**2/10 + (a)
y = (a)*exp(-x**2/4)
"""

CURVES = """\
y = a sin(x)
y = a cos(x) + 1
y = sin(a x)
y = x^2/10 + a
y = a exp(-x^2/4)
title "Five curves"
legend on
"""

LARGE = f"slider a -5 5\n{CURVES}"
SMALL = f"hidpi off\n{LARGE}"
LIMITS = "range -5-a/10 5+a/10\n"
TEN = [SMALL, *(f"new figure\n{CURVES}" for _ in range(9))]

#!/usr/bin/env python3
"""Makes calibration_rows.csv, platt.csv and isotonic.csv with scikit-learn."""
import numpy as np
import sklearn
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(3)
n = 80
s = rng.normal(size=n).round(1)  # with ties
y = (rng.random(n) < 1 / (1 + np.exp(-2 * s + 0.5))).astype(int)
w = rng.integers(0, 4, n).astype(float)
HEAD = f"# Made by calibration.py, scikit-learn {sklearn.__version__}, numpy {np.__version__}"
at = np.linspace(-4, 4, 41)

with open("calibration_rows.csv", "w") as out:
    print(HEAD, "# score, outcome, weight", sep="\n", file=out)
    for row in zip(s, y, w):
        print(*row, sep=",", file=out)
with open("platt.csv", "w") as out:
    print(HEAD, "# case, slope, intercept", sep="\n", file=out)
    for case, we in [("plain", None), ("weights", w)]:
        m = _SigmoidCalibration().fit(s, y, we)
        print(case, -m.a_, -m.b_, sep=",", file=out)
with open("isotonic.csv", "w") as out:
    print(HEAD, "# case, place, value", sep="\n", file=out)
    for case, we in [("plain", None), ("weights", w)]:
        m = IsotonicRegression(out_of_bounds="clip").fit(s, y, sample_weight=we)
        for a, v in zip(at, m.predict(at)):
            print(case, a, v, sep=",", file=out)

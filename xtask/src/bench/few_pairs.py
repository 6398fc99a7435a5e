"""What twenty pairs of an archive teach, by the protocol of `transfer.py` beside the archives: the
train cases of twenty pairs drawn with seeds 0, 1 and 2, scored on all test cases.

few_pairs.py pairs EVAL CASES > PAIRS
few_pairs.py score EVAL ARCHIVE CASES FORECASTS
"""
import sys
from pathlib import Path

import numpy as np
import pandas as pd

TASK, EVAL = sys.argv[1:3]
sys.path.insert(0, EVAL)
import score  # noqa: E402

PAIRS, SEEDS = 20, 3


def kinds(folder):
    """Cases and labels of each kind that has a first part."""
    for kind in "AB":
        if (Path(folder) / f"cases_{kind}.csv").is_file():
            cases, labels = score.load(folder, kind)
            if (cases.split == "train").any():
                yield kind, cases, labels


def pairs(folder):
    print("kind,set,one,other")
    for kind, cases, labels in kinds(folder):
        print(f"{kind},all,,")
        train = (cases.split == "train").values
        both = np.where(cases.seller < cases.contact, cases.seller + "|" + cases.contact, cases.contact + "|" + cases.seller)[train]
        came = labels.label.values[train]
        names = np.unique(both)
        for seed in range(SEEDS):
            drawn = np.random.default_rng(seed).permutation(names)[:PAIRS]
            kept = came[np.isin(both, drawn)]
            if kept.min() == kept.max():
                continue
            for pair in drawn:
                print(f"{kind},{PAIRS}-{seed},{pair.replace('|', ',')}")


def scores(archive, folder, forecasts):
    told = pd.read_csv(forecasts, names=["kind", "set", "id", "probability"])
    what = {"none": "as shipped", "all": "all pairs", PAIRS: f"{PAIRS} pairs"}
    for kind, cases, labels in kinds(folder):
        found = {}
        for name, one in told[told.kind == kind].groupby("set"):
            found.setdefault(name if name in what else PAIRS, []).append(score.score(kind, cases, labels, one[["id", "probability"]]))
        area = "auc_within" if kind == "A" else "auc"
        cells = []
        for name, words in what.items():
            mean = lambda key: np.mean([one[key] for one in found[name]])
            cells.append(f"{words} {mean(area):.4f} ({mean('ece'):.4f})")
        print(f"{archive:10} {'answers' if kind == 'A' else 'silences':8} {', '.join(cells)}")


if TASK == "pairs":
    pairs(sys.argv[3])
else:
    scores(*sys.argv[3:6])

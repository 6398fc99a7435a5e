"""Scores forecasts of one archive: a line for who answers, a line for who falls silent.

rhythm.py EVAL ARCHIVE NAME CASES LOG ANSWERS
"""
import sys

import numpy as np
import pandas as pd

EVAL, ARCHIVE, NAME, CASES, LOG, ANSWERS = sys.argv[1:7]
sys.path.insert(0, EVAL)
import features  # noqa: E402
import score  # noqa: E402

DAY = 86400.0
RULE_DAYS = 30
WARM_LETTERS = 10


def days_and_letters(cases):
    """Days since either wrote, and letters from them so far."""
    log = features.Log(f"{LOG}/events.csv")
    days, letters = [], []
    for case in cases.itertuples(index=False):
        out = log.out.get((case.seller, case.contact), np.array([]))
        inn = log.out.get((case.contact, case.seller), np.array([]))
        last = [t[k - 1] for t in (out, inn) if (k := np.searchsorted(t, case.cut, side="right"))]
        days.append((case.cut - max(last)) / DAY if last else 999.0)
        letters.append(int(np.searchsorted(inn, case.cut, side="right")))
    return np.array(days), np.array(letters)


def at_the_rate_of_the_rule(d):
    """Recall of the rule, of the forecast at the same false alarms, and early finds of both."""
    rule = (d.days >= RULE_DAYS).values
    quiet = (d.label == 0).values
    rate = rule[quiet].mean()
    ordered = np.sort(d.p.values[quiet])
    threshold = ordered[min(len(ordered) - 1, int(np.ceil((1 - rate) * len(ordered))))]
    flagged = (d.p > threshold).values
    early = []
    for flags in (rule, flagged):
        dark = d[(d.label == 1)].assign(flag=flags[(d.label == 1).values])
        found, all_ = 0, 0
        for key, group in dark.groupby(["seller", "contact", "last_time"]):
            if group.cut.min() - key[2] > 7 * DAY + 1:
                continue
            all_ += 1
            found += bool((group.flag & (group.cut - key[2] <= 14 * DAY)).any())
        early.append(found / max(all_, 1))
    return rate, rule[~quiet].mean(), flagged[~quiet].mean(), early


peers = pd.read_csv(f"{EVAL}/reference.csv")
answers = pd.read_csv(ANSWERS).rename(columns={"id": "case_id", "probability": "p"})
for task, what in (("A", "answers"), ("B", "silences")):
    cases, labels = score.load(CASES, task)
    if not (cases.split == "train").any():
        continue
    found = score.score(task, cases, labels, answers.rename(columns={"case_id": "id", "p": "probability"}))
    peer = peers[(peers.dataset == ARCHIVE) & (peers.task == task) & (peers.method == "gbm+glm")].iloc[0]
    auc, peer_auc = ("auc_within", peer.auc_within) if task == "A" else ("auc", peer.auc)
    line = f"{ARCHIVE:10} {what:8} {NAME:10} auc {found[auc]:.4f} (peer {peer_auc:.4f})  calibration error {found['ece']:.4f} ({peer.ece:.4f})"
    if task == "B":
        d = cases.merge(labels, on="case_id").merge(answers[["case_id", "p"]], on="case_id")
        d["days"], d["letters"] = days_and_letters(d)
        rate, of_rule, ours, early = at_the_rate_of_the_rule(d)
        warm = at_the_rate_of_the_rule(d[d.letters >= WARM_LETTERS])
        line += f"  rule30 finds {of_rule:.0%}, forecast {ours:.0%} at {rate:.1%} false alarms; warm {warm[1]:.0%}, {warm[2]:.0%}; within 14 days {early[0]:.0%}, {early[1]:.0%}"
    print(line)

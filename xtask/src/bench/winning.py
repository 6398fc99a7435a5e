#!/usr/bin/env python3
"""Scikit-learn beside `inroad winning`, for `cargo xtask bench winning`.

    winning.py join FOLDER OUT        the pipeline of maven_crm with its accounts and teams, as one CSV
    winning.py peer FILE OUTCOME WON LOST COLUMNS REPEATS

`peer` weighs the same columns (separated by tabs): one-hot words, scaled numbers with a flag where they
are missing, LogisticRegressionCV over ten strengths inside of each training part, and five parts that
keep equal profiles together. It prints version, area, calibration error and seconds, with tabs.
"""
import sys
import time
import warnings

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegressionCV
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.pipeline import make_pipeline
from sklearn.impute import SimpleImputer
from sklearn.preprocessing import OneHotEncoder, StandardScaler

warnings.simplefilter("ignore")
BINS = 10


def join(folder, out):
    read = lambda name: pd.read_csv(f"{folder}/{name}.csv")
    pipeline = read("sales_pipeline").merge(read("accounts"), on="account", how="left")
    pipeline.merge(read("sales_teams"), on="sales_agent", how="left").to_csv(out, index=False)


def calibration_error(y, p):
    bins = np.array_split(np.argsort(p, kind="stable"), BINS)
    return sum(len(b) * abs(y[b].mean() - p[b].mean()) for b in bins if len(b)) / len(y)


def peer(file, outcome, won, lost, columns, repeats):
    table = pd.read_csv(file, sep=None, engine="python")
    ended = table[outcome].astype(str)
    table = table[ended.isin([won, lost])].reset_index(drop=True)
    y = (table[outcome].astype(str) == won).astype(int).to_numpy()
    X = table[columns.split("\t")]
    groups = pd.factorize(X.astype(str).agg("|".join, axis=1))[0]
    numbers = [c for c in X if X[c].dtype.kind in "if"]
    words = [c for c in X if c not in numbers]
    X = X.assign(**{c: X[c].astype(object).where(X[c].notna(), "unknown").astype(str) for c in words})
    areas, errors, start = [], [], time.process_time()
    for repeat in range(int(repeats)):
        p = np.zeros(len(y))
        for train, test in StratifiedGroupKFold(5, shuffle=True, random_state=repeat).split(X, y, groups):
            model = make_pipeline(
                make_column_transformer(
                    (OneHotEncoder(handle_unknown="ignore"), words),
                    (make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()), numbers),
                ),
                LogisticRegressionCV(Cs=10, cv=5, scoring="neg_log_loss", max_iter=1000),
            )
            p[test] = model.fit(X.iloc[train], y[train]).predict_proba(X.iloc[test])[:, 1]
        areas.append(roc_auc_score(y, p))
        errors.append(calibration_error(y, p))
    seconds = time.process_time() - start
    print(sklearn.__version__, f"{np.mean(areas):.3f}", f"{np.mean(errors):.3f}", f"{seconds:.1f}", sep="\t")


{"join": join, "peer": peer}[sys.argv[1]](*sys.argv[2:])

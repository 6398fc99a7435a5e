#!/usr/bin/env python3
"""Peers beside ours for `cargo xtask bench doubles`: recordlinkage, splink, and rapidfuzz for names of organisations.

    doubles.py FOLDER TASK TOOL     TASK: febrl3, febrl4, patstat, chicago; TOOL: recordlinkage, splink, token-set

All see the fields that ours sees. recordlinkage: blocks and an ECM classifier, as its documentation does for these
files; splink: duckdb, chance by expectation and maximisation, the match at a probability of 0.5, as its tutorial does.
token-set: all pairs of names by `fuzz.token_set_ratio` with the threshold that truth says is the best, which nobody has.

Prints: task, tool with version, pairs that are the same, precision, recall, F1, seconds of processor, megabytes, with tabs.
"""
import resource
import sys
import time
import warnings
from collections import Counter, defaultdict
from itertools import combinations

import pandas as pd

warnings.simplefilter("ignore")
FIELDS = ["given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state"]


def febrl(folder, name):
    table = pd.read_csv(f"{folder}/febrl/{name}.csv", skipinitialspace=True, dtype=str, encoding="utf-8")
    table.columns = [column.strip() for column in table.columns]
    table["cluster"] = table["rec_id"].str.split("-").str[1]
    return table.set_index("rec_id")[FIELDS + ["cluster"]]


def lists(folder, task):
    if task == "febrl3":
        return [febrl(folder, "dataset3")]
    return [febrl(folder, "dataset4a"), febrl(folder, "dataset4b")]


def told(task, tool, same, found, right, seconds):
    precision, recall = right / max(found, 1), right / max(same, 1)
    f1 = 2 * right / max(found + same, 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(task, tool, same, f"{precision:.4f}", f"{recall:.4f}", f"{f1:.4f}", f"{seconds:.2f}", f"{peak:.0f}", sep="\t")


def same_pairs(tables):
    if len(tables) == 1:
        return sum(n * (n - 1) // 2 for n in tables[0]["cluster"].value_counts())
    first, second = (table["cluster"].value_counts() for table in tables)
    return int((first * second).dropna().sum())


def with_recordlinkage(folder, task):
    import recordlinkage as rl

    tables = lists(folder, task)
    start = time.process_time()
    indexer = rl.Index()
    for field in ["given_name", "surname", "postcode", "suburb", "address_1"]:
        indexer.block(field)
    pairs = indexer.index(*tables)
    compare = rl.Compare()
    for field in ["given_name", "surname", "address_1", "address_2", "suburb"]:
        compare.string(field, field, method="jarowinkler", threshold=0.85, label=field)
    for field in ["street_number", "postcode", "state"]:
        compare.exact(field, field, label=field)
    features = compare.compute(pairs, *tables)
    matches = rl.ECMClassifier().fit_predict(features)
    seconds = time.process_time() - start
    a, b = (matches.get_level_values(level) for level in (0, 1))
    right = sum(tables[0]["cluster"].loc[a].to_numpy() == tables[-1]["cluster"].loc[b].to_numpy())
    told(task, f"recordlinkage {rl.__version__}", same_pairs(tables), len(matches), right, seconds)


def with_splink(folder, task):
    import logging

    import splink
    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.disable(logging.CRITICAL)
    tables = [table.reset_index().rename(columns={"rec_id": "unique_id"}) for table in lists(folder, task)]
    truth = {row.unique_id: row.cluster for table in tables for row in table.itertuples()}
    start = time.process_time()
    blocks = [block_on(field) for field in ["given_name", "surname", "postcode", "suburb", "address_1"]]
    settings = SettingsCreator(
        link_type="dedupe_only" if len(tables) == 1 else "link_only",
        blocking_rules_to_generate_predictions=blocks,
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            cl.JaroWinklerAtThresholds("address_1", [0.9, 0.8]).configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address_2", [0.9, 0.8]),
            cl.JaroWinklerAtThresholds("suburb", [0.9, 0.8]).configure(term_frequency_adjustments=True),
            cl.LevenshteinAtThresholds("street_number", 1),
            cl.LevenshteinAtThresholds("postcode", 1),
            cl.ExactMatch("state"),
        ],
    )
    inputs = [table.drop(columns="cluster") for table in tables]
    db = DuckDBAPI()
    try:
        linker = Linker(inputs if len(inputs) > 1 else inputs[0], settings, db)
    except Exception:
        # From version 5 on tables are registered first.
        frames = [db.register(table) for table in inputs]
        linker = Linker(frames if len(frames) > 1 else frames[0], settings)
    training = linker.training
    rule = [block_on("given_name", "surname"), block_on("address_1", "suburb"), block_on("surname", "postcode")]
    training.estimate_probability_two_random_records_match(rule, recall=0.8)
    training.estimate_u_using_random_sampling(max_pairs=1e6)
    training.estimate_parameters_using_expectation_maximisation(block_on("given_name", "surname"))
    training.estimate_parameters_using_expectation_maximisation(block_on("address_1"))
    found = linker.inference.predict(threshold_match_probability=0.5).as_pandas_dataframe()
    seconds = time.process_time() - start
    pairs = list(zip(found["unique_id_l"], found["unique_id_r"]))
    right = sum(truth[a] == truth[b] for a, b in pairs)
    told(task, f"splink {splink.__version__}", same_pairs(lists(folder, task)), len(pairs), right, seconds)


def names(folder, task):
    folder = f"{folder}/dedupe_examples"
    if task == "patstat":
        table = pd.read_csv(f"{folder}/patstat_reference.csv", dtype=str)
        return table["person_name"], table["leuven_id"]
    table = pd.read_csv(f"{folder}/csv_example_input_with_true_ids.csv", dtype=str)
    return table["Site name"], table["True Id"]


def with_token_set(folder, task):
    import numpy as np
    import rapidfuzz
    from rapidfuzz import fuzz, process, utils

    texts, truth = names(folder, task)
    start = time.process_time()
    folded = [utils.default_process(text) for text in texts]
    places = {name: at for at, name in enumerate(sorted(set(folded)))}
    similar = process.cdist(list(places), list(places), scorer=fuzz.token_set_ratio, dtype=np.uint8, workers=2)
    seconds = time.process_time() - start
    records = np.zeros(len(places))
    groups = defaultdict(Counter)
    for name, group in zip(folded, truth):
        records[places[name]] += 1
        groups[group][places[name]] += 1
    found = np.zeros(101)
    for row, count in zip(similar, records):
        found += np.bincount(row, weights=records * count, minlength=101)
    right = np.zeros(101)
    for members in groups.values():
        for (a, n), (b, m) in combinations(members.items(), 2):
            right[similar[a, b]] += 2 * n * m
        right[100] += sum(n * n for n in members.values())
    for pairs in (found, right):
        pairs[100] -= len(folded)
    found, right = (pairs[::-1].cumsum()[::-1] / 2 for pairs in (found, right))
    same = right[0]
    best = max(range(101), key=lambda at: 2 * right[at] / (found[at] + same))
    tool = f"rapidfuzz {rapidfuzz.__version__}, token set, threshold {best} by truth"
    told(task, tool, int(same), found[best], right[best], seconds)


{"recordlinkage": with_recordlinkage, "splink": with_splink, "token-set": with_token_set}[sys.argv[3]](*sys.argv[1:3])

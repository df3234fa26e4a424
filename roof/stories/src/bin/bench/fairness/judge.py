"""Counts the approval elections of a folder with pabutools, the smaller ones first, and prints the
processor's seconds of each count that it finishes: FOLDER, seconds for one count, seconds in all."""

import json
import os
import signal
import sys
import time

from pabutools.election import Cardinality_Sat, Cost_Sat, parse_pabulib
from pabutools.rules import (
    greedy_utilitarian_welfare,
    method_of_equal_shares,
    sequential_phragmen,
)

folder, one_s, all_s = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def greedy(sat):
    return lambda i, p: greedy_utilitarian_welfare(i, p, sat_class=sat)


def shares(sat, **more):
    return lambda i, p: method_of_equal_shares(i, p, sat_class=sat, **more)


RULES = {
    "greedy_cost": greedy(Cost_Sat),
    "greedy_cardinality": greedy(Cardinality_Sat),
    "phragmen": sequential_phragmen,
    "mes_cost": shares(Cost_Sat),
    "mes_cardinality": shares(Cardinality_Sat),
    "mes_cost_add1": shares(Cost_Sat, voter_budget_increment=1),
}


class TooLong(Exception):
    pass


def stop(*_):
    raise TooLong


signal.signal(signal.SIGALRM, stop)
with open(os.path.join(folder, "expected.jsonl"), encoding="utf-8") as lines:
    cases = [json.loads(line) for line in lines]
cases = [case for case in cases if case["vote_type"] == "approval"]
cases.sort(key=lambda case: case["num_projects"] * case["num_ballots"])
end = time.monotonic() + all_s
for case in cases:
    left = end - time.monotonic()
    if left <= one_s:
        break
    try:
        signal.alarm(one_s)
        instance, profile = parse_pabulib(os.path.join(folder, case["file"]))
        profile = profile.as_multiprofile()
    except TooLong:
        continue
    finally:
        signal.alarm(0)
    for name, rule in RULES.items():
        if end - time.monotonic() <= one_s or name not in case["rules"]:
            continue
        try:
            signal.alarm(one_s)
            began = time.process_time()
            rule(instance, profile)
            seconds = time.process_time() - began
        except TooLong:
            continue
        finally:
            signal.alarm(0)
        said = {"file": case["file"], "rule": name, "seconds": seconds}
        print(json.dumps(said), flush=True)

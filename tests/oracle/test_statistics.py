"""Intervals, tests and agreement against SciPy, statsmodels, scikit-learn and krippendorff on random inputs."""

import krippendorff
import numpy as np
import pytest
import statsmodels.api as sm
from evals_probe import SEED, ask
from scipy import optimize, stats
from sklearn import metrics
from statsmodels.stats import inter_rater, multitest, power
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint, samplesize_proportions_2indep_onetail

RNG = np.random.default_rng(SEED)


def test_wilson():
    n = RNG.integers(1, 3000, 500)
    k = [int(RNG.integers(0, top + 1)) for top in n]
    k[:20] = [0] * 20
    k[20:40] = [int(top) for top in n[20:40]]
    found = ask([{"op": "wilson", "k": a, "n": int(b)} for a, b in zip(k, n)])
    for a, b, interval in zip(k, n, found):
        assert interval == pytest.approx(proportion_confint(a, b, method="wilson"), abs=1e-12)
        assert interval[0] <= a / b <= interval[1]


def test_student_t_quantile():
    df = np.concatenate([RNG.integers(1, 50, 150), RNG.uniform(0.5, 5000, 150)])
    p = RNG.uniform(0.0005, 0.9995, len(df))
    found = ask([{"op": "t", "p": a, "df": float(b)} for a, b in zip(p, df)])
    np.testing.assert_allclose(found, stats.t.ppf(p, df), rtol=1e-8, atol=1e-10)


def test_clustered_standard_error():
    requests = []
    for _ in range(100):
        n = int(RNG.integers(6, 200))
        names = int(RNG.integers(2, n))
        clusters = RNG.integers(0, names, n)
        if len(set(clusters)) < 2:
            clusters[0], clusters[1] = 0, 1
        requests.append(
            {
                "op": "clustered",
                "scores": RNG.integers(0, 2, n).astype(float).tolist(),
                "clusters": [f"c{c}" for c in clusters],
            }
        )
    for request, found in zip(requests, ask(requests)):
        scores = np.array(request["scores"])
        groups = np.unique(request["clusters"], return_inverse=True)[1]
        fit = sm.OLS(scores, np.ones(len(scores))).fit(
            cov_type="cluster", cov_kwds={"groups": groups, "df_correction": True}, use_t=True
        )
        assert found["mean"] == pytest.approx(fit.params[0], abs=1e-12)
        assert found["se"] == pytest.approx(fit.bse[0], abs=1e-12)
        assert found["interval"] == pytest.approx(fit.conf_int()[0], abs=1e-9)


def test_clustered_mean_of_singletons_is_the_t_interval():
    samples = [RNG.gamma(2.0, 1.5, int(RNG.integers(2, 300))) for _ in range(50)]
    found = ask(
        {"op": "clustered", "scores": scores.tolist(), "clusters": [str(i) for i in range(len(scores))]}
        for scores in samples
    )
    for scores, mean in zip(samples, found):
        error = stats.sem(scores)
        assert mean["se"] == pytest.approx(error, rel=1e-10)
        want = stats.t.interval(0.95, len(scores) - 1, loc=scores.mean(), scale=error)
        assert mean["interval"] == pytest.approx(want, rel=1e-9)


def test_mcnemar():
    pairs = [(int(a), int(b)) for a, b in RNG.integers(0, 400, (300, 2))]
    pairs += [(0, int(a)) for a in RNG.integers(0, 40, 20)]
    found = ask([{"op": "mcnemar", "b": a, "c": b} for a, b in pairs])
    for (a, b), p in zip(pairs, found):
        want = mcnemar([[0, a], [b, 0]], exact=True).pvalue if a + b else 1.0
        assert p == pytest.approx(want, rel=1e-9, abs=1e-300), (a, b)


def test_exact_sign_flip():
    samples = [RNG.integers(-4, 5, int(RNG.integers(1, 11))).astype(float) for _ in range(30)]
    found = ask({"op": "sign_flip", "differences": d.tolist(), "seed": 0} for d in samples)
    for differences, p in zip(samples, found):
        moved = differences[differences != 0]
        if len(moved) < 2:
            assert p == 1.0
            continue
        want = stats.permutation_test(
            (moved,), np.sum, permutation_type="samples", n_resamples=np.inf, vectorized=False
        ).pvalue
        assert p == pytest.approx(min(want, 1.0), abs=1e-12), moved


def test_drawn_sign_flip():
    samples = [RNG.integers(-2, 4, 60).astype(float) for _ in range(10)]
    found = ask({"op": "sign_flip", "differences": d.tolist(), "seed": i} for i, d in enumerate(samples))
    for differences, p in zip(samples, found):
        flips = RNG.choice([-1.0, 1.0], (100_000, 60)) @ differences
        want = np.mean(np.abs(flips) >= abs(differences.sum()) - 1e-9)
        assert abs(p - want) < 5 * np.sqrt(max(want * (1 - want), 1e-4) / 10_000) + 2e-4


def stratum_of(scores):
    return {"scores": scores.tolist(), "clusters": [str(i) for i in range(len(scores))]}


def test_bootstrap_agrees_with_scipy_within_its_noise():
    samples = [RNG.integers(0, 2, int(RNG.integers(40, 200))).astype(float) for _ in range(10)]
    found = ask({"op": "bootstrap", "strata": [stratum_of(s)], "seed": i} for i, s in enumerate(samples))
    for scores, interval in zip(samples, found):
        want = stats.bootstrap(
            (scores,), np.mean, n_resamples=9999, method="percentile", random_state=RNG
        ).confidence_interval
        noise = 6 * stats.sem(scores) / np.sqrt(2000) * 2.7 + 1 / len(scores)
        assert interval == pytest.approx((want.low, want.high), abs=noise)


def test_bootstrap_of_strata_averages_them():
    strata, spread = [], 0.0
    for size, rate in ((150, 0.3), (60, 0.8)):
        scores = (RNG.random(size) < rate).astype(float)
        strata.append(stratum_of(scores))
        spread += stats.sem(scores) ** 2 / 4
    (found,) = ask([{"op": "bootstrap", "strata": strata, "seed": 1}])
    point = np.mean([np.mean(one["scores"]) for one in strata])
    half = 1.96 * np.sqrt(spread)
    assert found == pytest.approx((point - half, point + half), abs=0.015)


def test_normal_quantile():
    p = np.concatenate([RNG.uniform(0, 1, 200), 10.0 ** -RNG.uniform(1, 15, 50)])
    np.testing.assert_allclose(ask({"op": "normal", "p": a} for a in p), stats.norm.ppf(p), rtol=1e-10, atol=1e-13)


def discordant(count):
    """(b, c, n) with every kind of edge."""
    for _ in range(count):
        n = int(RNG.integers(2, 400))
        b = int(RNG.integers(0, n + 1))
        yield b, int(RNG.integers(0, n - b + 1)), n
    yield from [(0, 0, 30), (7, 0, 30), (0, 7, 30), (29, 1, 30), (15, 15, 30)]


def score_of(difference, b, c, n):
    """Tango's statistic, the constrained likelihood maximised numerically instead of in closed form."""
    low, high = max(0.0, -difference), (1 - difference) / 2

    def loss(q):  # q: the chance of c; q + difference: that of b
        rest = 1 - 2 * q - difference
        terms = [(b, q + difference), (c, q), (n - b - c, rest)]
        return -sum(k * np.log(max(p, 1e-300)) for k, p in terms if k)

    q = optimize.minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x
    return (b - c - n * difference) / np.sqrt(n * (2 * q + difference * (1 - difference)))


def test_tango_is_where_the_score_is_1_96():
    triples = list(discordant(60))
    found = ask({"op": "tango", "b": b, "c": c, "n": n} for b, c, n in triples)
    for (b, c, n), (low, high) in zip(triples, found):
        assert low <= (b - c) / n <= high
        if low > -1 + 1e-6:
            assert score_of(low, b, c, n) == pytest.approx(1.959964, abs=2e-3), (b, c, n)
        if high < 1 - 1e-6:
            assert score_of(high, b, c, n) == pytest.approx(-1.959964, abs=2e-3), (b, c, n)


def test_multiplicity():
    families = [RNG.beta(0.5, 2, int(RNG.integers(1, 40))).tolist() for _ in range(50)]
    families[0] = [0.02] * 5
    for op, method in (("holm", "holm"), ("bh", "fdr_bh")):
        for p, found in zip(families, ask({"op": op, "p": p} for p in families)):
            assert found == pytest.approx(multitest.multipletests(p, method=method)[1], abs=1e-14)


def test_confusion_measures():
    tables = [[int(x) for x in RNG.integers(1, 300, 4)] for _ in range(100)]
    found = ask({"op": "confusion", **dict(zip(("tp", "fp", "fn", "tn"), table))} for table in tables)
    for (tp, fp, fn, tn), one in zip(tables, found):
        truth = np.repeat([1, 0, 1, 0], [tp, fp, fn, tn])
        judged = np.repeat([1, 1, 0, 0], [tp, fp, fn, tn])
        assert one["precision"] == pytest.approx(metrics.precision_score(truth, judged))
        assert one["recall"] == pytest.approx(metrics.recall_score(truth, judged))
        assert one["f1"] == pytest.approx(metrics.f1_score(truth, judged))
        assert one["balanced"] == pytest.approx(metrics.balanced_accuracy_score(truth, judged))
        assert one["mcc"] == pytest.approx(metrics.matthews_corrcoef(truth, judged))


def test_two_raters():
    tables = [RNG.integers(0, 50, (k, k)) + 1 for k in RNG.integers(2, 9, 60)]
    found = ask({"op": "raters", "table": table.tolist()} for table in tables)
    for table, one in zip(tables, found):
        assert one["kappa"] == pytest.approx(inter_rater.cohens_kappa(table).kappa, abs=1e-12)
        shares = (table.sum(0) + table.sum(1)) / (2 * table.sum())
        chance = (shares * (1 - shares)).sum() / (len(table) - 1)
        agreed = np.trace(table) / table.sum()
        assert one["ac1"] == pytest.approx((agreed - chance) / (1 - chance), abs=1e-12)


def test_fleiss_kappa():
    tables = [RNG.multinomial(int(RNG.integers(2, 9)), RNG.dirichlet(np.ones(4)), 30) for _ in range(40)]
    found = ask({"op": "fleiss", "counts": table.tolist()} for table in tables)
    for table, kappa in zip(tables, found):
        assert kappa == pytest.approx(inter_rater.fleiss_kappa(table), abs=1e-12)


def test_krippendorff_alpha():
    asked, want = [], []
    for _ in range(60):
        table = RNG.integers(0, 3, (int(RNG.integers(2, 6)), 40)).astype(float)  # raters, items
        table[:, :15] = table[0, :15]
        table[RNG.random(table.shape) < 0.3] = np.nan
        asked.append([[int(x) for x in item if not np.isnan(x)] for item in table.T])
        want.append(krippendorff.alpha(table, level_of_measurement="nominal"))
    found = ask({"op": "krippendorff", "ratings": ratings} for ratings in asked)
    assert found == pytest.approx(want, abs=1e-12)


def test_independent_sample_size():
    pairs = [tuple(RNG.uniform(0.02, 0.98, 2)) for _ in range(60)]
    found = ask({"op": "independent_n", "p1": a, "p2": b} for a, b in pairs)
    for (a, b), n in zip(pairs, found):
        high, low = max(a, b), min(a, b)
        want = samplesize_proportions_2indep_onetail(high - low, low, 0.8)
        assert n == pytest.approx(want, rel=1e-6)


def test_paired_sample_size():
    for _ in range(20):
        omega, delta = RNG.uniform(0.1, 1), RNG.uniform(0.01, 0.1)
        (found,) = ask([{"op": "paired_n", "omega": omega, "delta": delta}])
        want = power.NormalIndPower(ddof=0).solve_power(delta / omega, power=0.8, alpha=0.05, ratio=0)
        assert found == pytest.approx(want, rel=1e-3)


def rate_behind(called, hit, alarm):
    return np.clip((called - alarm) / (hit - alarm), 0, 1)


def test_the_rate_behind_a_judge_that_errs():
    """Rogan and Gladen: the value, its delta-method error by finite differences, its interval by NumPy's bootstrap."""
    for _ in range(12):
        tp, fn, tn, fp = RNG.integers(30, 60), RNG.integers(3, 15), RNG.integers(40, 80), RNG.integers(3, 15)
        n = int(RNG.integers(150, 400))
        calls = (RNG.random(n) < RNG.uniform(0.35, 0.6)).astype(float)
        asked = {"scores": calls.tolist(), "clusters": [str(i) for i in range(n)], "seed": int(RNG.integers(1 << 30))}
        (found,) = ask([asked | {"op": "corrected", "tp": int(tp), "fn": int(fn), "tn": int(tn), "fp": int(fp)}])
        means = np.array([calls.mean(), tp / (tp + fn), fp / (fp + tn)])
        counts = np.array([n, tp + fn, fp + tn])
        assert found["value"] == pytest.approx(rate_behind(*means), abs=1e-12)
        slopes = optimize.approx_fprime(means, lambda at: rate_behind(*at), 1e-7)
        error = np.sqrt(np.sum(slopes**2 * means * (1 - means) / counts))
        assert found["se"] == pytest.approx(error, rel=1e-4)
        drawn = [RNG.binomial(count, mean, 40000) / count for count, mean in zip(counts, means)]
        assert found["interval"] == pytest.approx(np.quantile(rate_behind(*drawn), [0.025, 0.975]), abs=0.02)


def test_what_a_number_of_items_can_show():
    for _ in range(20):
        p, n, omega = RNG.uniform(0.2, 0.8), float(RNG.integers(80, 900)), RNG.uniform(0.1, 1)
        rises = bool(RNG.random() < 0.5)
        (found,) = ask([{"op": "detectable", "p": p, "n": n, "omega": omega, "rises": rises}])
        difference = omega * power.NormalIndPower(ddof=0).solve_power(nobs1=n, power=0.8, alpha=0.05, ratio=0)
        assert found["difference"] == pytest.approx(difference, rel=1e-3)
        end = 1 - 1e-9 if rises else 1e-9

        def lacking(other):
            return samplesize_proportions_2indep_onetail(abs(other - p), min(other, p), 0.8) - n

        share = optimize.brentq(lacking, p + (1e-6 if rises else -1e-6), end)
        assert found["share"] == pytest.approx(share, rel=1e-4)


def test_design_effect_is_the_variance_of_clustered_means():
    """Of equal clusters whose items correlate by icc, simulated, against as many independent items."""
    for size, icc in ((2, 0.5), (5, 0.2), (8, 0.9)):
        (found,) = ask([{"op": "design_effect", "size": size, "icc": icc}])
        shared = RNG.normal(size=(40000, 10, 1)) * np.sqrt(icc)
        items = shared + RNG.normal(size=(40000, 10, size)) * np.sqrt(1 - icc)
        assert found == pytest.approx(items.mean((1, 2)).var() * 10 * size, rel=0.05)

"""Intervals and tests against SciPy and statsmodels on random inputs."""

import numpy as np
import pytest
import statsmodels.api as sm
from evals_probe import SEED, ask
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

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

"""Makes values.json: what public packages give for the formulas of this crate.

Run with Python 3.11; the data are invented. The same versions give the same file.
    python3 -m venv v && v/bin/pip install -r requirements.txt
    v/bin/python make.py > values.json
"""

import json
import warnings
from fractions import Fraction
from importlib.metadata import version

import krippendorff
import numpy as np
import statsmodels.api as sm
from arch.bootstrap import CircularBlockBootstrap, StationaryBootstrap
from scipy import stats
from sklearn.metrics import cohen_kappa_score, f1_score
from statsmodels.stats.contingency_tables import Table2x2, mcnemar
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

warnings.simplefilter("ignore")
random = np.random.default_rng(20220224)


def wilson():
    for count, of, level in [(0, 1, 0.95), (1, 1, 0.95), (7, 9, 0.9), (412, 3019, 0.99), (1, 100000, 0.95)]:
        low, high = proportion_confint(count, of, alpha=1 - level, method="wilson")
        yield {"count": count, "of": of, "level": level, "low": low, "high": high}


def newcombe():
    for a, m, b, n in [(0, 10, 0, 12), (3, 40, 9, 30), (412, 3019, 1, 29), (5, 5, 0, 7)]:
        low, high = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff")
        yield {"a": [a, m], "b": [b, n], "low": low, "high": high}


def tables():
    for a, m, b, n in [(30, 1000, 10, 2000), (5, 60, 9, 55), (120, 4000, 240, 7000)]:
        cells = np.array([[a, b], [m - a, n - b]])
        chi2 = lambda **options: stats.chi2_contingency(cells, **options)
        yates = np.sum((np.abs(a * (n - b) - b * (m - a)) - (m + n) / 2) ** 2) * (m + n)
        table = Table2x2(cells)
        low, high = table.oddsratio_confint()
        g2 = chi2(correction=False, lambda_="log-likelihood")
        yield {
            "first": [a, m], "second": [b, n],
            "chi2": chi2(correction=False)[0],
            "chi2_yates": yates / np.prod(np.concatenate([cells.sum(0), cells.sum(1)]).astype(float)),
            "g2": g2[0], "p": g2[1],
            "log_ratio": np.log2(stats.contingency.relative_risk(a, m, b, n).relative_risk),
            "odds_ratio": table.oddsratio, "low": low, "high": high,
        }


def williams():
    """No package of PyPI has Williams' divisor: williams.R takes it from one of R. Here it is
    scipy's G over the divisor of tables of any size in exact fractions; ours is the form of two
    by two."""
    for a, m, b, n in [(30, 1000, 10, 2000), (5, 60, 9, 55), (1, 12, 7, 9), (120, 4000, 240, 7000),
                       (3, 50, 3, 50), (0, 40, 6, 30)]:
        cells = np.array([[a, b], [m - a, n - b]])
        g2 = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
        total = int(cells.sum())
        rows, columns = (sum(Fraction(total, int(x)) for x in cells.sum(axis=i)) - 1 for i in (1, 0))
        # Without an observation somewhere, quanteda corrects nothing, and nor do we.
        q = 1 if 0 in cells else 1 + rows * columns / (6 * total * g2.dof)
        sign = 1 if Fraction(a, m) >= Fraction(b, n) else -1
        yield {"first": [a, m], "second": [b, n], "g2_williams": sign * g2.statistic / float(q)}


def blocks():
    """Percentile intervals of the mean and of the lag-one product, by blocks of a series."""
    random = np.random.default_rng(19940401)
    for n, carry in [(120, 0.6), (75, 0.0)]:
        noise = random.normal(size=n)
        for i in range(1, n):
            noise[i] += carry * noise[i - 1]
        series = np.round(noise, 4)
        statistics = {"mean": np.mean, "lag": lambda x: np.mean(x[1:] * x[:-1])}
        for kind, bootstrap in [("circular", CircularBlockBootstrap), ("stationary", StationaryBootstrap)]:
            for length in [1, 4, 9]:
                row = {"series": series.tolist(), "blocks": kind, "length": length}
                for name, statistic in statistics.items():
                    drawn = bootstrap(length, series, seed=np.random.default_rng(7))
                    low, high = drawn.conf_int(statistic, reps=20000, method="percentile").ravel()
                    row[name] = [low, high]
                yield row


def paired():
    for first, second in [(10, 1), (150, 86), (3, 3), (0, 6), (40, 12)]:
        exact = mcnemar([[7, first], [second, 5]], exact=True)
        plain = mcnemar([[7, first], [second, 5]], exact=False, correction=False)
        yield {"only_first": first, "only_second": second, "p_exact": min(exact.pvalue, 1.0),
               "chi2": plain.statistic, "p_chi2": plain.pvalue}


def weighted():
    for _ in range(3):
        first = random.integers(0, 3, 40)
        second = np.where(random.random(40) < 0.6, first, random.integers(0, 3, 40))
        yield {
            "first": first.tolist(), "second": second.tolist(),
            "kappa": cohen_kappa_score(first, second),
            "kappa_linear": cohen_kappa_score(first, second, weights="linear"),
            # With both orders pooled, the two margins are the pooled one: that is pi.
            "pi": cohen_kappa_score(np.append(first, second), np.append(second, first)),
            "pi_linear": cohen_kappa_score(
                np.append(first, second), np.append(second, first), weights="linear"),
            "f1": f1_score(first == 2, second == 2),
        }


def clusters():
    """The clustered variance is that of a mean with cluster-robust errors."""
    for m in [12, 40]:
        sizes = random.integers(1, 9, m)
        counts = random.binomial(sizes, random.beta(1, 2, m))
        y = np.concatenate([[1] * k + [0] * (n - k) for k, n in zip(counts, sizes)])
        groups = np.repeat(np.arange(m), sizes)
        fit = sm.OLS(y, np.ones(len(y))).fit(
            cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False})
        variance = fit.bse[0] ** 2 * m / (m - 1)
        share = y.mean()
        yield {"clusters": [[int(k), int(n)] for k, n in zip(counts, sizes)], "share": share,
               "design_effect": variance / (share * (1 - share) / len(y))}


def changes():
    for n, at, lags in [(60, 30, 3), (90, 70, 6)]:
        t = np.arange(n)
        noise = np.zeros(n)
        for i in range(1, n):
            noise[i] = 0.5 * noise[i - 1] + random.normal()
        y = np.round(5 + 0.1 * t + 2 * (t >= at) - 0.2 * np.maximum(t - at, 0) + noise, 4)
        x = np.column_stack([np.ones(n), t, t >= at, np.maximum(t - at, 0)]).astype(float)
        plain = sm.OLS(y, x).fit()
        robust = plain.get_robustcov_results("HAC", maxlags=lags, use_correction=False, use_t=True)
        yield {"y": y.tolist(), "at": at, "lags": lags, "coefficients": plain.params.tolist(),
               "se_ols": plain.bse.tolist(), "se": robust.bse.tolist(),
               "p": robust.pvalues.tolist(), "intervals": robust.conf_int().tolist(),
               "durbin_watson": sm.stats.durbin_watson(plain.resid)}


def log_odds():
    """Log-odds of a word against all others, on counts with their prior, is the log of an odds
    ratio. Its variance there has four terms, of which ours takes the two that matter (eq. 18)."""
    first, second = np.array([31, 4, 0, 250, 12, 7]), np.array([9, 6, 5, 610, 0, 22])
    pooled = first + second
    priors = {
        "flat": np.full(len(first), 0.01),
        "pooled": pooled / pooled.sum() * min(first.sum(), second.sum()),
    }
    for name, prior in priors.items():
        terms = []
        for y, z, a in zip(first, second, prior):
            rest = [first.sum() + prior.sum() - y - a, second.sum() + prior.sum() - z - a]
            table = Table2x2(np.array([[y + a, rest[0]], [z + a, rest[1]]]), shift_zeros=False)
            terms.append({"delta": table.log_oddsratio, "four_terms": table.log_oddsratio_se**2,
                          "two_of_them": 1 / rest[0] + 1 / rest[1]})
        yield {"prior": name, "pseudo_counts": prior.tolist(), "first": first.tolist(),
               "second": second.tolist(), "terms": terms}


def coders():
    """Three coders with gaps; the jackknife is over units, from the package's own alphas."""
    for categories, units in [(2, 30), (4, 24)]:
        truth = random.integers(0, categories, units)
        codes = np.where(random.random((3, units)) < 0.75, truth,
                         random.integers(0, categories, (3, units))).astype(float)
        codes[random.random((3, units)) < 0.15] = np.nan
        row = {"categories": categories, "codes": [
            [None if np.isnan(c) else int(c) for c in coder] for coder in codes]}
        for metric in ["nominal", "ordinal", "interval"]:
            domain = list(range(categories))
            of = lambda data: krippendorff.alpha(
                data, level_of_measurement=metric, value_domain=domain)
            whole = of(codes)
            paired = [u for u in range(units) if np.sum(~np.isnan(codes[:, u])) > 1]
            left = np.array([of(np.delete(codes, u, axis=1)) for u in paired])
            error = np.sqrt((len(left) - 1) / len(left) * np.sum((left - left.mean()) ** 2))
            half = stats.norm.ppf(0.975) * error
            row[metric] = {"alpha": whole, "low": whole - half, "high": min(1, whole + half)}
        yield row


def resampled():
    """Percentile intervals are random: they are to agree to a part of their width only."""
    for m, n in [(40, 60), (150, 90)]:
        groups = []
        for size, bias in [(m, 2), (n, 4)]:
            of = random.integers(1, 12, size)
            groups.append((random.binomial(of, random.beta(1.5, bias, size)), of))
        share = lambda k, n, axis=-1: k.sum(axis=axis) / n.sum(axis=axis)
        options = {"method": "percentile", "n_resamples": 20000, "rng": np.random.default_rng(7)}
        one = stats.bootstrap(groups[0], share, paired=True, vectorized=True, **options)
        (k, a), (l, b) = groups
        apart = stats.bootstrap(
            (np.arange(m), np.arange(n)), lambda i, j: share(k[i], a[i]) - share(l[j], b[j]),
            vectorized=False, **options)
        clusters = [list(map(list, zip(k.tolist(), of.tolist()))) for k, of in groups]
        yield {"first": clusters[0], "second": clusters[1],
               "share": list(one.confidence_interval), "apart": list(apart.confidence_interval)}


def quantiles():
    values = np.sort(np.round(random.normal(size=23), 4))
    return {"sorted": values.tolist(),
            "at": [[p, float(np.quantile(values, p))] for p in [0, 0.025, 0.31, 0.5, 0.975, 1]]}


def many():
    p = np.round(random.beta(0.6, 2, 25), 6)
    return {"p": p.tolist(), "adjusted": stats.false_discovery_control(p).tolist()}


print(json.dumps({
    "made_with": {p: version(p) for p in [
        "arch", "krippendorff", "numpy", "scikit-learn", "scipy", "statsmodels"]},
    "wilson": list(wilson()), "newcombe": list(newcombe()), "tables": list(tables()),
    "williams": list(williams()), "blocks": list(blocks()),
    "paired": list(paired()), "weighted": list(weighted()), "clusters": list(clusters()),
    "changes": list(changes()), "many": many(), "log_odds": list(log_odds()),
    "coders": list(coders()), "resampled": list(resampled()), "quantiles": quantiles(),
}, indent=1))

"""The model of relation and posture by Hamiltonian Monte Carlo: slow, and the reference.

Hoffman and Gelman's No-U-Turn sampler as NumPyro has it (Phan, Pradhan and
Jankowiak 2019), on steps of unit size (non-centred), so that it needs no
approximation. It needs the extra `bayes`.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from realpolitik.constants import (
    CHAINS,
    CONCENTRATION,
    CONCENTRATION_SD,
    JOINT_STEPS,
    POSTURE_PERSISTENCE,
    POSTURE_SD,
    RELATION_PERSISTENCE,
    STEP_SD,
    TARGET_ACCEPT,
)
from realpolitik.stats.arrays import floats, stream
from realpolitik.stats.latent_model import Anchor, Counts, Health, Paths, Rules, split_level

PAIRS = ("persistence", "posture_persistence", "step", "posture_step", "loading",
         "kappa_deeds", "kappa_words", "level_deeds", "level")  # fmt: skip


class Sampler:
    """A sampler that keeps what it compiled, for dyads with the same number of months."""

    def __init__(self, warmup: int, draws: int, chains: int = CHAINS) -> None:
        from numpyro.infer import MCMC, NUTS, init_to_median

        kernel = NUTS(_model, target_accept_prob=TARGET_ACCEPT, init_strategy=init_to_median())
        self._mcmc = MCMC(
            kernel, num_warmup=warmup, num_samples=draws, num_chains=chains,
            chain_method="vectorized", progress_bar=False, jit_model_args=True,
        )  # fmt: skip

    def fit(self, counts: Counts, anchor: Anchor, seed: int = 0) -> Paths:
        """Draws from the posterior of relation and posture, both directions; shape as `latent.fit`.

        Exchanging the directions exchanges the results exactly.
        """
        if not counts.canonical():
            return self.fit(counts.turned(), anchor, seed).turned()
        import jax

        rng = stream(seed, counts.months)
        with _double():
            key = jax.random.PRNGKey(int(rng.integers(2**31)))
            c = np.stack([counts.deeds_c, counts.words_c])
            n = np.stack([counts.deeds_n, counts.words_n])
            held = np.array([anchor.deeds, anchor.words, anchor.loading])
            self._mcmc.run(key, c, n, held, extra_fields=("diverging",))
            samples = {k: floats(v) for k, v in self._mcmc.get_samples().items()}
            health = self._health()
        mean = split_level(samples["level"], anchor, rng)
        rules = Rules(
            **{name: samples[name] for name in PAIRS if name != "level"},
            level_words=samples["level"] - mean, joint=samples["joint"],
        )  # fmt: skip
        return Paths(samples["relation"], samples["moved"] + mean[..., None], rules, health)

    def _health(self) -> Health:
        from numpyro.diagnostics import summary

        groups = self._mcmc.get_samples(group_by_chain=True)
        found = summary({k: v for k, v in groups.items() if k not in ("deeds", "words")})
        return Health(
            rhat=max(float(np.nanmax(one["r_hat"])) for one in found.values()),
            effective=min(float(np.nanmin(one["n_eff"])) for one in found.values()),
            divergent=int(np.sum(self._mcmc.get_extra_fields()["diverging"])),
        )


def _model(c: Any, n: Any, held: Any) -> None:
    import jax
    import jax.numpy as jnp
    import numpyro
    import numpyro.distributions as dist

    months = c.shape[-1]

    def pair(name: str, prior: Any) -> Any:
        return numpyro.sample(name, prior.expand([2]).to_event(1))

    def scaled(name: str, mean: Any, sd: Any) -> Any:
        return numpyro.deterministic(name, mean + sd * pair(f"{name}_", dist.Normal(0.0, 1.0)))

    def share(name: str, shape: tuple[float, ...], size: int = 2) -> Any:
        a, b = shape
        # Beta(a, b) by its log-odds: numpyro's own takes many times as long to compile.
        odds = numpyro.sample(f"{name}_", dist.Logistic(0.0, 1.0).expand([size]).to_event(1))
        found = numpyro.deterministic(name, jax.nn.sigmoid(odds))
        more = (a - 1) * jax.nn.log_sigmoid(odds) + (b - 1) * jax.nn.log_sigmoid(-odds)
        numpyro.factor(f"{name}_prior", jnp.sum(more))
        return found

    phi = share("persistence", RELATION_PERSISTENCE)
    rho = share("posture_persistence", POSTURE_PERSISTENCE)
    step = pair("step", dist.HalfNormal(STEP_SD))
    posture_step = pair("posture_step", dist.HalfNormal(STEP_SD))
    loading = numpyro.deterministic(
        "loading", jnp.exp(held[2, 0] + held[2, 1] * pair("loading_", dist.Normal(0.0, 1.0)))
    )
    level_deeds = scaled("level_deeds", held[0, 0], held[0, 1])
    level = scaled("level", held[1, 0], jnp.hypot(held[1, 1], POSTURE_SD))
    half = share("half", (JOINT_STEPS, JOINT_STEPS), size=1)
    joint = numpyro.deterministic("joint", 2 * half[0] - 1)
    kappa = [
        pair(name, dist.LogNormal(np.log(CONCENTRATION), CONCENTRATION_SD))
        for name in ("kappa_deeds", "kappa_words")
    ]
    free = numpyro.sample("free", dist.Normal(0.0, 1.0).expand([months, 4]).to_event(2))

    cov = jnp.outer(step, step) * jnp.array([[1.0, joint], [joint, 1.0]])
    root, first = _root(cov), _root(cov / (1 - jnp.outer(phi, phi)))
    steps = (free[:, :2] @ root.T).at[0].set(first @ free[0, :2])
    posture_steps = (posture_step * free[:, 2:]).at[0].divide(jnp.sqrt(1 - rho**2))
    relation, moved = _carried(phi, steps.T), _carried(rho, posture_steps.T)
    numpyro.deterministic("relation", relation)
    numpyro.deterministic("moved", moved)
    logits = (
        level_deeds[:, None] + relation,
        level[:, None] + loading[:, None] * relation + moved,
    )
    for name, logit, k, good, every in zip(("deeds", "words"), logits, kappa, c, n, strict=True):
        a, b = k[:, None] * jax.nn.sigmoid(logit), k[:, None] * jax.nn.sigmoid(-logit)
        gained = _log_gamma(good + a) - _log_gamma(a)
        gained += _log_gamma(every - good + b) - _log_gamma(b)
        gained -= _log_gamma(every + k[:, None]) - _log_gamma(k[:, None])
        numpyro.factor(name, jnp.sum(gained))


def _carried(persistence: Any, steps: Any) -> Any:
    """The autoregressions that steps make, months along the last axis.

    Each round joins twice as many months: a loop over months takes many times as long.
    """
    import jax.numpy as jnp

    months, reach, weight = steps.shape[-1], 1, persistence[:, None]
    while reach < months:
        before = jnp.pad(steps, ((0, 0), (reach, 0)))[:, :months]
        steps, reach, weight = steps + weight * before, 2 * reach, weight * weight
    return steps


def _root(cov: Any) -> Any:
    """Cholesky root of a 2 x 2 matrix, by hand: the library's call costs more than the sum."""
    import jax.numpy as jnp

    first = jnp.sqrt(cov[0, 0])
    across = cov[1, 0] / first
    return jnp.array([[first, 0.0], [across, jnp.sqrt(cov[1, 1] - across**2)]])


def _log_gamma(x: Any) -> Any:
    """Log of the Gamma function less a constant, by Stirling's series from 6 on: quick to differentiate."""
    import jax.numpy as jnp

    product = x * (x + 1) * (x + 2) * (x + 3) * (x + 4) * (x + 5)
    far = x + 6
    square = 1 / (far * far)
    series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680))) / far
    return (far - 0.5) * jnp.log(far) - far + series - jnp.log(product)


@contextmanager
def _double() -> Iterator[None]:
    """Double precision inside, and the setting of before afterwards."""
    import jax

    config: Any = jax.config
    before = config.jax_enable_x64
    config.update("jax_enable_x64", True)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the sampler's own libraries
            yield
    finally:
        config.update("jax_enable_x64", before)

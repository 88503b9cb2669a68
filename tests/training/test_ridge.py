"""Our ridge for many outputs agrees with scikit-learn's, which takes them one by one."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from sklearn.linear_model import Ridge

from training.ridge import Table, ridge


def a_table(seed: int = 0) -> tuple[Table, np.ndarray]:
    rng = np.random.default_rng(seed)
    letters = sparse.random(200, 60, density=0.1, format="csr", dtype=np.float32, rng=rng)
    dense = rng.normal(size=(200, 8)).astype(np.float32)
    return Table(letters, dense), rng.random((200, 5), dtype=np.float32)


def test_weights_and_biases_are_those_of_scikit_learn() -> None:
    table, wanted = a_table()
    weights, biases = ridge(table, wanted, 0.7)
    theirs = Ridge(alpha=0.7).fit(np.hstack([table.sparse.toarray(), table.dense]), wanted)
    assert np.allclose(weights, theirs.coef_.T, atol=2e-3)
    assert np.allclose(biases, theirs.intercept_, atol=2e-3)


def test_rows_are_chosen_on_both_sides() -> None:
    table, _ = a_table()
    some = table[np.array([3, 5])]
    assert some.shape == (2, 68)
    assert (some.sparse.toarray() == table.sparse[[3, 5]].toarray()).all()
    assert (some.dense == table.dense[[3, 5]]).all()


def test_an_output_that_is_always_the_same_is_all_bias() -> None:
    table, wanted = a_table()
    wanted[:, 0] = 1.0
    weights, biases = ridge(table, wanted, 0.7)
    assert np.abs(weights[:, 0]).max() < 1e-5
    assert abs(biases[0] - 1) < 1e-5

"""Pellucid's networks by scikit-learn's contract.

In the order of the data: `parameters` checks what an estimator was made with, `rows` what it is fitted to; `network` is
what it has learnt, `course` how it learns; `perceptron` puts them together for the `classifier` and the `regressor`.
"""

from pellucid.extras import need

need("sklearn", "PellucidClassifier or PellucidRegressor")

from pellucid.estimators.classifier import PellucidClassifier  # noqa: E402
from pellucid.estimators.regressor import PellucidRegressor  # noqa: E402

__all__ = ["PellucidClassifier", "PellucidRegressor"]

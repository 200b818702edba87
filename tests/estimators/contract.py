"""Runs all of scikit-learn's checks and prints what came of each, as JSON: `python contract.py NUMBER`.

Unless pandas is installed and SCIPY_ARRAY_API is 1, some of them are skipped.
"""

import json
import sys
import warnings

from sklearn.utils.estimator_checks import check_estimator

from pellucid import PellucidClassifier, PellucidRegressor

ESTIMATORS = (
    PellucidClassifier(),
    PellucidRegressor(),
    PellucidClassifier((8,), "tanh", early_stopping=True, learning_rate_init=0.02),
    PellucidRegressor((8,), "gelu", solver="sgd", learning_rate_init=0.01),
    PellucidClassifier((), solver="rmsprop", learning_rate="adaptive", learning_rate_init=0.05),
    PellucidRegressor((6, 5), ["sine", "leaky_relu"], batch_size=7, early_stopping=True, learning_rate_init=0.01),
)


def main() -> None:
    """Check one of the estimators."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the checks fit what does not converge
        results = check_estimator(ESTIMATORS[int(sys.argv[1])], on_fail=None, on_skip=None)
    print(json.dumps([[each["check_name"], each["status"], repr(each["exception"])] for each in results]))


if __name__ == "__main__":
    main()

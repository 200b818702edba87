"""The contestants: each file is a long-lived process that trains one workload on request."""

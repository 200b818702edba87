"""Measure Pellucid beside what a person would pick instead: ``python -m benchmarks``."""

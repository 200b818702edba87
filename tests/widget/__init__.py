"""The widget: in Python alone, and in the notebooks that it is for, in a real browser."""

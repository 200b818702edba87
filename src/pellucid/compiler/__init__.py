"""Compiles `pellucid.engine` to WebAssembly and native code: used when building, never at run time.

    subset → rewriting → source → lowering → targets → manifest → bindings

`python -m pellucid.compiler` does it all.
"""

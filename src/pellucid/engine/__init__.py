"""The neural network from scratch: plain Python that also compiles to WebAssembly and native code.

Reading order, which is the order in which the data flow:

    memory → datasets → features → initializers → dense, binary_input → activations → losses
           → weighting → network → regularizers → optimizers → training → surfaces → exports

Three rules keep every target on the same bits: each sum has a written order, `exp` and its
relatives are the project's own (`numerics`), and random numbers come from one seeded generator
(`random`). A float literal takes the precision of the numbers around it: float32 when compiled,
float64 when a gradient is checked with the uncompiled source.
"""

"""The block of memory that holds a run: a header of named slots, then the arrays.

    header │ parameters │ gradients │ moments 1, 2 │ order, off ║ data │ results ║ scratch
    └───────────────── the state: what a snapshot copies ──────┘

The header's first part holds the settings, which the host writes before `prepare`; the rest is written by the
engine. Every slot and array has a name here, and the host's bindings are generated from these names.
"""

from enum import IntEnum

HEADER = 512
"""Words (of 4 bytes) in the header."""

MAX_LAYERS = 9
"""Eight hidden layers and the output layer."""

MAX_UNITS = 512
"""In a hidden layer."""

MAX_INPUTS = 1024
MAX_OUTPUTS = 1024
MAX_SAMPLES = 1_000_000

MAX_WORDS = 2_147_483_647
"""In a block: where an array starts is noted as an int32."""

MOST_OFF = 512
"""Weights that can be switched off at once: all that leave a unit of the widest network."""

CHUNK = 64
"""Samples that go through the network together; a larger batch is done in chunks of this many."""


class Int(IntEnum):
    """Slots of the header that hold an int32: the word where each starts."""

    # Settings of the data
    DATA_KIND = 0
    SAMPLES = 1
    TEST_SAMPLES = 2  # given data only; the others follow TEST_SHARE
    CLASSES = 3  # 0 for regression
    DATA_SEED = 4
    FEATURES = 5  # bit mask over Feature; 0 when given inputs are used as they are
    INPUTS = 6  # given inputs only: how many values a sample has
    BITS = 7  # 1 when every given input is 0 or 1
    # Settings of the network
    HIDDEN_LAYERS = 8
    OUTPUT_KIND = 9
    OUTPUT_ACTIVATION = 10  # −1: follows from the loss
    INITIALIZER = 11
    WEIGHT_SEED = 12
    # Of given points
    SCALING = 13
    UNITS = 16  # 8 slots
    ACTIVATIONS = 24  # 8 slots
    # Settings of the training
    LOSS = 32
    OPTIMIZER = 33
    REGULARIZER = 34
    BATCH_SIZE = 35  # 0: all training samples
    ORDER_SEED = 36
    WEIGHTED = 37  # 1 when samples have weights: given data only
    FOLLOW_LOSS = 38  # 1 to add up LOSS_SUM
    # Layout, written by prepare
    WORDS = 40  # of the whole block
    STATE_WORDS = 41  # of the part that a snapshot copies
    LAYERS = 42  # hidden layers and the output layer
    OUTPUTS = 43
    OUTPUT_CLASSES = 44  # classes that the network tells apart; 0 for regression
    TRAIN_SAMPLES = 45
    PARAMETER_COUNT = 46
    UNIT_COUNT = 47  # inputs, hidden units and outputs; each layer's number rounded up to a multiple of 4
    LOSS_KIND = 48  # the loss after "auto" is resolved
    WEIGHTS = 49  # samples that have a weight: all or none
    WIDTHS = 50  # 10 slots: inputs, hidden layers, outputs
    LAYER_ACTIVATIONS = 60  # 9 slots: hidden layers, output
    LAYER_STARTS = 70  # 9 slots: where a layer's W lies in PARAMETERS; its b follows
    UNIT_STARTS = 80  # 10 slots: number of the first unit of inputs, hidden layers, outputs
    # Progress
    STATUS = 90
    FAILED_LAYER = 91  # 0 is the first hidden layer; −1: the loss
    FAILED_REASON = 92
    EPOCHS = 93  # passes that are complete
    POSITION = 94  # training samples already used in this pass
    OFF_COUNT = 95  # weights that are switched off
    ORDER_STATE = 96  # 4 slots: the random generator that shuffles
    SCRATCH_STATE = 100  # 4 slots: a random generator for one call
    ARRAYS = 104  # where each Array starts, in words
    # Of an account: a copy of a run that is asked for one update's numbers
    ACCOUNT_SAMPLE = 144  # the sample that is looked at
    ACCOUNT_ALONE = 145  # 1 when the update is made on that sample alone, 0 when on the next batch
    ACCOUNT_SIZE = 146  # samples in the batch


class Real(IntEnum):
    """Slots of the header that hold a float32: the word where each starts."""

    NOISE = 192
    TEST_SHARE = 193
    INITIALIZER_SCALE = 194
    BIAS = 195
    LEARNING_RATE = 196
    MOMENTUM = 197
    DECAY = 198
    EPSILON = 199
    REGULARIZATION_RATE = 200
    TARGET_LOW = 208  # what a single output is to say for class 0
    TARGET_HIGH = 209  # and for class 1
    MOMENTUM_POWER = 210  # Adam: momentum to the power of the updates made
    DECAY_POWER = 211
    # Given points: what was taken off and divided by, 0 and 1 where nothing was
    X1_CENTER = 212
    X1_SCALE = 213
    X2_CENTER = 214
    X2_SCALE = 215
    VALUE_CENTER = 216
    VALUE_SCALE = 217


class Double(IntEnum):
    """Slots of the header that hold a float64: the number of the 8-byte slot (word ÷ 2)."""

    UPDATES = 112
    TRAIN_LOSS = 113  # mean over the samples, without the regularisation term
    TEST_LOSS = 114
    PENALTY = 115  # the regularisation term
    TRAIN_OBJECTIVE = 116  # loss + penalty: what training makes small
    TEST_OBJECTIVE = 117
    TRAIN_ACCURACY = 118  # share of samples in the right class; 0 for regression
    TEST_ACCURACY = 119
    LOSS_SUM = 120  # of this pass or the one just complete: weight · loss of each sample just before its update


class Array(IntEnum):
    """The arrays of the block; `Int.ARRAYS` + the number here is the slot that says where one starts."""

    PARAMETERS = 0  # per layer W (n_in, n_out), then b (n_out,)
    GRADIENTS = 1  # like PARAMETERS: mean over the last batch
    MOMENTS_1 = 2  # like PARAMETERS: momentum or first moment
    MOMENTS_2 = 3  # like PARAMETERS: second moment
    ORDER = 4  # (train,) int32: the order of this pass
    POINTS = 5  # (n, 2): the plane; zeros when inputs are given
    VALUES = 6  # (n,): class or regression target
    NETWORK_INPUTS = 7  # (n, inputs)
    TARGETS = 8  # (n, outputs): what each output is to say
    ACTIVE_STARTS = 9  # (n + 1,) int32: where a sample's inputs that are 1 start in ACTIVE; bits only
    ACTIVE = 10  # int32: numbers of the inputs that are 1, sample by sample; bits only
    NETWORK_OUTPUTS = 11  # (n, outputs), by the last evaluation
    PREDICTED = 12  # (n,) int32: class, −1 for regression
    SAMPLE_LOSSES = 13  # (n,)
    CONFUSION = 14  # (2, classes, classes) int32: train and test, true class, predicted class
    PRE_ACTIVATIONS = 15  # (units, lanes): z
    UNIT_ACTIVATIONS = 16  # (units, lanes): a
    DELTAS = 17  # (units, lanes): ∂L/∂z
    CHUNK_TARGETS = 18  # (outputs, lanes), like a layer of units
    CHUNK_SAMPLES = 19  # (CHUNK,) int32: which samples the lanes hold
    ROWS = 20  # (CHUNK, units of the first layer): its z or δ, a sample a row; bits only
    INPUT_STARTS = 21  # (inputs + 1,) int32: where an input's samples start in INPUT_SAMPLES; bits only
    INPUT_SAMPLES = 22  # int32: lanes in which an input is 1, input by input; bits only
    OFF = 23  # (MOST_OFF,) int32: places in PARAMETERS of the weights that are switched off
    OFF_VALUES = 24  # (MOST_OFF,): what those weights were
    SAMPLE_WEIGHTS = 25  # (n,), or nothing: how much each sample counts


ARRAYS = 26
"""How many arrays there are."""

LENGTHS = {
    Int.UNITS: 8,
    Int.ACTIVATIONS: 8,
    Int.WIDTHS: 10,
    Int.LAYER_ACTIVATIONS: 9,
    Int.LAYER_STARTS: 9,
    Int.UNIT_STARTS: 10,
    Int.ORDER_STATE: 4,
    Int.SCRATCH_STATE: 4,
    Int.ARRAYS: ARRAYS,
}
"""Slots that hold more than one number."""

SHAPES: dict[Array, tuple[str, tuple[Int | int, ...]]] = {
    Array.PARAMETERS: ("float32", (Int.PARAMETER_COUNT,)),
    Array.GRADIENTS: ("float32", (Int.PARAMETER_COUNT,)),
    Array.MOMENTS_1: ("float32", (Int.PARAMETER_COUNT,)),
    Array.MOMENTS_2: ("float32", (Int.PARAMETER_COUNT,)),
    Array.ORDER: ("int32", (Int.TRAIN_SAMPLES,)),
    Array.POINTS: ("float32", (Int.SAMPLES, 2)),
    Array.VALUES: ("float32", (Int.SAMPLES,)),
    Array.SAMPLE_WEIGHTS: ("float32", (Int.WEIGHTS,)),
    Array.NETWORK_INPUTS: ("float32", (Int.SAMPLES, Int.WIDTHS)),
    Array.TARGETS: ("float32", (Int.SAMPLES, Int.OUTPUTS)),
    Array.NETWORK_OUTPUTS: ("float32", (Int.SAMPLES, Int.OUTPUTS)),
    Array.PREDICTED: ("int32", (Int.SAMPLES,)),
    Array.SAMPLE_LOSSES: ("float32", (Int.SAMPLES,)),
    Array.OFF: ("int32", (Int.OFF_COUNT,)),
    Array.OFF_VALUES: ("float32", (Int.OFF_COUNT,)),
    Array.CONFUSION: ("int32", (2, Int.OUTPUT_CLASSES, Int.OUTPUT_CLASSES)),
}
"""Type and shape of the arrays that hosts read: numbers, and slots that hold the number."""


class Status(IntEnum):
    """State of a run (0 and up), or what is wrong with the settings (below 0)."""

    RUNNING = 0
    DIVERGED = 1
    BAD_DATA_KIND = -1
    BAD_SAMPLES = -2
    BAD_CLASSES = -3
    BAD_INPUTS = -4
    BAD_LAYERS = -5
    BAD_UNITS = -6
    BAD_ACTIVATION = -7
    BAD_LOSS = -8
    BAD_OUTPUTS = -9
    BAD_OUTPUT_ACTIVATION = -10
    BAD_BATCH_SIZE = -11
    BAD_PARAMETER = -12
    BAD_NETWORK = -13
    BAD_DRAWING = -14
    BAD_CHARACTER = -15
    BAD_WEIGHTS = -16
    TOO_LARGE = -17


class Reason(IntEnum):
    """Why a run diverged."""

    NONE = 0
    NOT_A_NUMBER = 1
    INFINITE = 2
